"""The educators' console: rulings, cases, calendar, rounds, money, item analysis. Signed in, by role, written down."""
