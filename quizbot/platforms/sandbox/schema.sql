-- The sandbox's state. Instants are milliseconds since 1970 of the sandbox's clock; money is in thousandths of a US$.
CREATE TABLE meta (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE users (
    id INTEGER PRIMARY KEY,
    handle TEXT NOT NULL UNIQUE COLLATE NOCASE,
    name TEXT NOT NULL,
    origin TEXT NOT NULL CHECK (origin IN ('bot', 'page', 'control')),
    created_ms INTEGER NOT NULL,
    protected INTEGER NOT NULL DEFAULT 0,
    suspended INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE follows (
    follower_id INTEGER NOT NULL REFERENCES users (id),
    followed_id INTEGER NOT NULL REFERENCES users (id),
    PRIMARY KEY (follower_id, followed_id)
) WITHOUT ROWID;
CREATE INDEX follows_by_followed ON follows (followed_id);

-- An edit is a row of its own; "first_id" ties the versions together, "replaced_by" leads to the next one.
CREATE TABLE posts (
    id INTEGER PRIMARY KEY,
    author_id INTEGER NOT NULL REFERENCES users (id),
    text TEXT NOT NULL,
    prefix TEXT NOT NULL,
    is_long INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    indexed_ms INTEGER NOT NULL,
    conversation_id INTEGER NOT NULL,
    parent_id INTEGER,
    parent_author_id INTEGER,
    quoted_id INTEGER,
    reposted_id INTEGER,
    first_id INTEGER NOT NULL,
    replaced_by INTEGER,
    deleted_ms INTEGER
);
CREATE INDEX posts_by_author ON posts (author_id, id);
CREATE INDEX posts_by_conversation ON posts (conversation_id, id);
CREATE INDEX posts_by_parent ON posts (parent_id, id);
CREATE INDEX posts_by_first ON posts (first_id, id);
CREATE INDEX posts_by_text ON posts (author_id, text) WHERE deleted_ms IS NULL;

-- "explicit": the text names the user; otherwise only the reply itself does.
CREATE TABLE mentions (
    user_id INTEGER NOT NULL REFERENCES users (id),
    post_id INTEGER NOT NULL REFERENCES posts (id),
    explicit INTEGER NOT NULL,
    PRIMARY KEY (user_id, post_id)
) WITHOUT ROWID;
CREATE INDEX mentions_by_post ON mentions (post_id);

CREATE TABLE media (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES users (id),
    mime TEXT NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    data BLOB NOT NULL,
    alt TEXT NOT NULL DEFAULT '',
    warnings TEXT NOT NULL DEFAULT '[]',
    created_ms INTEGER NOT NULL
);

-- Clips on their way: a session, then its pieces; when it is finalized the whole goes into "media" under the same id.
CREATE TABLE uploads (
    id INTEGER PRIMARY KEY,
    owner_id INTEGER NOT NULL REFERENCES users (id),
    total INTEGER NOT NULL,
    created_ms INTEGER NOT NULL
);

CREATE TABLE pieces (
    upload_id INTEGER NOT NULL REFERENCES uploads (id),
    number INTEGER NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (upload_id, number)
);

CREATE TABLE subtitles (
    media_id INTEGER NOT NULL REFERENCES media (id),
    language TEXT NOT NULL,
    captions_id INTEGER NOT NULL REFERENCES media (id),
    name TEXT NOT NULL,
    PRIMARY KEY (media_id, language)
) WITHOUT ROWID;

CREATE TABLE attachments (
    post_id INTEGER NOT NULL REFERENCES posts (id),
    position INTEGER NOT NULL,
    media_id INTEGER NOT NULL REFERENCES media (id),
    PRIMARY KEY (post_id, position)
) WITHOUT ROWID;
CREATE INDEX attachments_by_media ON attachments (media_id);

-- One row for each billed resource; "returned" counts how often it came, "mills" is charged once.
CREATE TABLE ledger (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    resource_id TEXT NOT NULL,
    mills INTEGER NOT NULL,
    first_ms INTEGER NOT NULL,
    returned INTEGER NOT NULL DEFAULT 1,
    UNIQUE (day, item, resource_id)
);

CREATE TABLE windows (
    route TEXT PRIMARY KEY,
    opened_ms INTEGER NOT NULL,
    used INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE calls (
    route TEXT NOT NULL,
    outcome TEXT NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (route, outcome)
) WITHOUT ROWID;

-- People who sign in elsewhere: codes that are good once, and the tokens given for them, by digest.
CREATE TABLE codes (
    digest TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    redirect_uri TEXT NOT NULL,
    scope TEXT NOT NULL,
    challenge TEXT NOT NULL,
    until REAL NOT NULL,
    used INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE TABLE tokens (
    digest TEXT PRIMARY KEY,
    user_id INTEGER NOT NULL REFERENCES users (id),
    scope TEXT NOT NULL,
    code TEXT NOT NULL,
    until REAL NOT NULL
) WITHOUT ROWID;
