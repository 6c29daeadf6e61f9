"""Which characters turn around in right-to-left text, and which of them are brackets.

The pairs are those of BidiMirroring.txt, Unicode 15.0 (© Unicode, Inc., under the Unicode licence);
a test holds them complete.
"""

import re
import unicodedata

PAIRS = (
    "()<>[]{}«»༺༻༼༽᚛᚜‹›⁅⁆⁽⁾₍₎∈∋∉∌∊∍∕⧵∟⯾∠⦣∡⦛∢⦠∤⫮∼∽≃⋍≅≌≒≓≔≕≤≥≦≧≨≩≪≫≮≯≰≱≲≳≴≵≶≷≸≹≺≻≼≽≾≿⊀⊁⊂⊃⊄⊅⊆⊇⊈⊉⊊⊋⊏⊐⊑⊒"
    "⊘⦸⊢⊣⊦⫞⊨⫤⊩⫣⊫⫥⊰⊱⊲⊳⊴⊵⊶⊷⊸⟜⋉⋊⋋⋌⋐⋑⋖⋗⋘⋙⋚⋛⋜⋝⋞⋟⋠⋡⋢⋣⋤⋥⋦⋧⋨⋩⋪⋫⋬⋭⋰⋱⋲⋺⋳⋻⋴⋼⋶⋽⋷⋾⌈⌉⌊⌋\u2329\u232a❨❩❪❫❬❭❮❯❰❱"
    "❲❳❴❵⟃⟄⟅⟆⟈⟉⟋⟍⟕⟖⟝⟞⟢⟣⟤⟥⟦⟧⟨⟩⟪⟫⟬⟭⟮⟯⦃⦄⦅⦆⦇⦈⦉⦊⦋⦌⦍⦐⦎⦏⦑⦒⦓⦔⦕⦖⦗⦘⦤⦥⦨⦩⦪⦫⦬⦭⦮⦯⧀⧁⧄⧅⧏⧐⧑⧒⧔⧕⧘⧙⧚⧛⧨⧩⧸⧹⧼⧽"
    "⨫⨬⨭⨮⨴⨵⨼⨽⩤⩥⩹⩺⩻⩼⩽⩾⩿⪀⪁⪂⪃⪄⪅⪆⪇⪈⪉⪊⪋⪌⪍⪎⪏⪐⪑⪒⪓⪔⪕⪖⪗⪘⪙⪚⪛⪜⪝⪞⪟⪠⪡⪢⪦⪧⪨⪩⪪⪫⪬⪭⪯⪰⪱⪲⪳⪴⪵⪶⪷⪸⪹⪺⪻⪼⪽⪾⪿⫀⫁⫂⫃⫄⫅⫆"
    "⫇⫈⫉⫊⫋⫌⫍⫎⫏⫐⫑⫒⫓⫔⫕⫖⫬⫭⫷⫸⫹⫺⸂⸃⸄⸅⸉⸊⸌⸍⸜⸝⸠⸡⸢⸣⸤⸥⸦⸧⸨⸩⹕⹖⹗⹘⹙⹚⹛⹜〈〉《》「」『』【】〔〕〖〗〘〙〚〛﹙﹚﹛﹜﹝﹞﹤﹥（）＜＞［］｛｝｟｠｢｣"
)
"""Characters that are each other's mirror image, side by side."""

MIRROR_IMAGES = str.maketrans(
    PAIRS, "".join(b + a for a, b in zip(*[iter(PAIRS)] * 2, strict=True))
)
"""For :meth:`str.translate`."""
MIRRORED = re.compile(f"[{re.escape(PAIRS)}]")


def _brackets() -> tuple[dict[str, str], dict[str, str]]:
    # BidiBrackets.txt is by its own definition what is left of the mirrored pairs when one looks
    # at them so; canonically equal brackets count as the same, so each is known by its NFC form.
    opening, closing = {}, {}
    for first, second in zip(*[iter(PAIRS)] * 2, strict=True):
        for character, other in ((first, second), (second, first)):
            category = unicodedata.category(character)
            if unicodedata.bidirectional(character) != "ON":
                continue
            if category == "Ps":
                opening[character] = unicodedata.normalize("NFC", other)
            elif category == "Pe":
                closing[character] = unicodedata.normalize("NFC", character)
    return opening, closing


OPENING, CLOSING = _brackets()
"""From each opening bracket to the closing one it wants; from each closing one to its NFC form."""
