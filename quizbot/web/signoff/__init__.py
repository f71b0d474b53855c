"""The page on which a person signs a case off: routes that any application can mount, and a local one of its own."""
