"""What a queue is: pure values and rules, no input or output, time always passed in."""
