"""How much text burned into pictures the gate finds, beside its rivals, on pictures made for it."""
