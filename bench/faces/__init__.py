"""How many faces, parts of faces and faceless clinical pictures the gate stops."""
