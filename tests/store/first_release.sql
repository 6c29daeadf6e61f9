INSERT INTO branch (branch_id, revision, plan_revision, service_day, name, time_zone, policy, languages,
    call_is_start, auto_call, hold_limit_s, outcomes)
VALUES ('main', 7, 1, '2026-11-21', '{"en": "Office"}', 'UTC', 'fifo', '["en"]', :no, :no, 900, '[]');

INSERT INTO service (branch_id, code, position, name, target_s, mean_s, spread_s, opening, is_open, retired)
VALUES ('main', 'A', 0, '{"en": "Bills"}', 600, 180, 60, '[]', :yes, :no);

INSERT INTO category (branch_id, code, position, name, weight, head_start_s, needs_reason, reasons,
    by_appointment, at_kiosk, retired)
VALUES ('main', 'normal', 0, '{"en": "Normal"}', 1, 0, :no, '[]', :no, :yes, :no);

INSERT INTO counter (branch_id, number, retired) VALUES ('main', 1, :no);

INSERT INTO counter_service (branch_id, counter, service, rank) VALUES ('main', 1, 'A', 0);

INSERT INTO roster (branch_id, counter, position, weekday, starts, ends, breaks)
VALUES ('main', 1, 0, 0, '08:00:00', '14:00:00', '[]');

INSERT INTO staff (branch_id, code, name, role, pin_hash, wrong_pins)
VALUES ('main', 'sara', 'Sara', 'clerk', 'hash', 0);

INSERT INTO desk (branch_id, counter, revision, state, staff, since, reason)
VALUES ('main', 1, 5, 'open', 'sara', '2026-11-21 12:00:00.000000', '');

INSERT INTO number_series (branch_id, day, letter, last) VALUES ('main', '2026-11-21', 'A', 1);

INSERT INTO ticket (branch_id, ticket_id, day, letter, number, category_reason, language, channel, token, arrived_at)
VALUES ('main', '0197a0a0a0a07000800000000000000a', '2026-11-21', 'A', 1, '', 'en', 'kiosk', 'token',
    '2026-11-21 12:00:00.000000');

INSERT INTO leg (branch_id, ticket_id, ordinal, revision, service, category, state, accrues_from, waiting_since,
    called_at, started_at, ended_at, counter, staff, recalls, outcome, note)
VALUES ('main', '0197a0a0a0a07000800000000000000a', 1, 6, 'A', 'normal', 'ended',
    '2026-11-21 12:00:00.000000', '2026-11-21 12:00:00.000000', '2026-11-21 12:01:00.000000',
    '2026-11-21 12:02:00.000000', '2026-11-21 12:03:00.000000', 1, 'sara', 0, 'served', 'paid');

INSERT INTO rating (branch_id, ticket_id, ordinal, revision, score, rated_at, channel)
VALUES ('main', '0197a0a0a0a07000800000000000000a', 1, 7, 5, '2026-11-21 12:04:00.000000', 'kiosk');

INSERT INTO event (branch_id, revision, command_id, kind, at, staff, counter, ticket_id, receipt, facts,
    before, after)
VALUES ('main', 6, '0197a0a0a0a07000800000000000000b', 'Finish', '2026-11-21 12:03:00.000000', 'sara', 1,
    '0197a0a0a0a07000800000000000000a', '{}', '{}', '[]', '[]');
