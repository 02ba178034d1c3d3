PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE _sqlx_migrations (
    version BIGINT PRIMARY KEY,
    description TEXT NOT NULL,
    installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    success BOOLEAN NOT NULL,
    checksum BLOB NOT NULL,
    execution_time BIGINT NOT NULL
);
INSERT INTO _sqlx_migrations VALUES(1,'ledger','2026-11-25 01:49:55',1,X'06272f2733e01858020d146fad67fd5e6ca1b5bbaa349945905b9c118f8786bdbcf355c2c0484e3a951cf3b63ad604da',5180251);
INSERT INTO _sqlx_migrations VALUES(2,'history','2026-11-25 01:49:55',1,X'4f3c4493ebbcda87294c6befaf7e71c54de075bf35b8371eb83d4c53a66176f90ce42234f4e04ec3f34ec1b9f0e8da9c',2454284);
INSERT INTO _sqlx_migrations VALUES(3,'amendments','2026-11-25 01:49:55',1,X'ff035c95daff6118943d07ec1db964a4b58e1bdabad633e6dc686d79549756917774566bde851bab972243659bc71cce',4418843);
CREATE TABLE orders (
    id               INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id         INTEGER NOT NULL,
    order_number     TEXT    NOT NULL CHECK (order_number <> ''),
    store            TEXT,
    product          TEXT,                -- of the first line
    price_minor      INTEGER,             -- one unit of the first line
    total_minor      INTEGER,
    currency         TEXT,                -- ISO 4217
    quantity         INTEGER NOT NULL,
    commission_minor INTEGER,
    email            TEXT,
    customer_name    TEXT,
    profile          TEXT,
    proxy_list       TEXT,
    reference_number TEXT,
    tracking_number  TEXT,
    status           TEXT    NOT NULL,
    qty_received     INTEGER,
    payment_method   TEXT,
    shipping_address TEXT,
    shipping_method  TEXT,
    notes            TEXT,
    product_url      TEXT,
    order_url        TEXT,
    image_url        TEXT,
    ordered_at       TEXT    NOT NULL,    -- the checkout, by the message's own time
    posted_at        TEXT,
    shipped_at       TEXT,
    delivered_at     TEXT,
    source           TEXT    NOT NULL,    -- webhook, import
    message_id       INTEGER NOT NULL,    -- of the checkout that announced it
    channel_id       INTEGER NOT NULL,
    created_at       TEXT    NOT NULL,
    updated_at       TEXT    NOT NULL,
    -- What the next message needs to know, so that it can be applied without reading the old ones.
    store_key         TEXT    NOT NULL,   -- the store as it is compared; empty: not named
    total_stated      INTEGER NOT NULL,   -- 1: total_minor was stated, 0: computed from the lines
    quantity_stated   INTEGER NOT NULL,   -- 1: quantity was stated, 0: the sum of the lines
    said_status       TEXT    NOT NULL,   -- what the messages alone make of the status
    said_shipped_at   TEXT,
    said_delivered_at TEXT,
    last_message_id   INTEGER NOT NULL
) STRICT;
INSERT INTO orders VALUES(1,1574965326934704128,'BBY01-807000000002','Best Buy US','[Preorder] Example Handheld Console (512GB)',44999,44999,'USD',1,NULL,'buyer3@example.com',NULL,'Demo #3','Demo Resi | http://resi.example.net:5959/',NULL,NULL,'shipped',NULL,NULL,NULL,NULL,NULL,'https://www.bestbuy.com/site/-/6600002.p',NULL,'https://img.example.com/product.jpg','2026-11-25T00:54:55.452Z','2026-11-25T01:49:55.454Z','2026-11-25T01:49:58.475Z',NULL,'webhook',1574965327236694016,1574965326951481344,'2026-11-25T01:49:55.489Z','2026-11-25T01:49:58.475Z','bestbuy|us',0,0,'verified',NULL,NULL,1574965327240888326);
INSERT INTO orders VALUES(2,1574965326934704128,'102000000000003','Target','Trading Card Game: Example Premium Collection',12999,25998,'USD',2,NULL,'buyer4@example.com',NULL,'VCC Demo 4','ISP',NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,'https://www.target.com/p/~/-/A-90000002','https://www.target.com/orders/102000000000003','https://img.example.com/product.jpg','2026-11-25T00:59:55.452Z','2026-11-25T01:49:55.454Z',NULL,NULL,'webhook',1574965327236694017,1574965326951481344,'2026-11-25T01:49:55.490Z','2026-11-25T01:49:55.494Z','target|',0,0,'verified',NULL,NULL,1574965327236694017);
INSERT INTO orders VALUES(3,1574965326934704128,'BBY01-807000000008','Best Buy US','Example Aurora Graphics Card (16GB) - Black',74999,74999,'USD',1,NULL,'buyer9@example.com',NULL,'Demo #9','Demo Resi | http://resi.example.net:5959/',NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,'https://www.bestbuy.com/site/-/6600001.p',NULL,'https://img.example.com/product.jpg','2026-11-25T01:04:55.452Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888320,1574965326951481344,'2026-11-25T01:49:55.490Z','2026-11-25T01:49:55.494Z','bestbuy|us',0,0,'verified',NULL,NULL,1574965327240888320);
INSERT INTO orders VALUES(4,1574965326934704128,'BBYCA-100000021','Best Buy CA','Example Espresso Machine',34999,34999,'CAD',1,NULL,'buyer5@example.com',NULL,NULL,NULL,NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:49:55.455Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888321,1574965326951481344,'2026-11-25T01:49:55.490Z','2026-11-25T01:49:55.494Z','bestbuy|ca',0,0,'verified',NULL,NULL,1574965327240888321);
INSERT INTO orders VALUES(5,1574965326934704128,'DE-2026-00042','Example Spielwaren','Example Brettspiel',104900,104900,'EUR',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:49:55.455Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888322,1574965326951481344,'2026-11-25T01:49:55.491Z','2026-11-25T01:49:55.494Z','examplespielwaren|',0,0,'verified',NULL,NULL,1574965327240888322);
INSERT INTO orders VALUES(6,1574965326934704128,'2000123-45678901','Walmart US','Example Building Blocks',2497,9988,'USD',4,NULL,'buyer2@example.com',NULL,'Demo 2','ISP 2',NULL,'1Z999AA10123456784','shipped',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:49:55.455Z','2026-11-25T01:49:55.455Z','2026-11-25T01:49:55.455Z',NULL,'webhook',1574965327240888323,1574965326951481344,'2026-11-25T01:49:55.491Z','2026-11-25T01:49:55.494Z','walmart|us',0,0,'shipped','2026-11-25T01:49:55.455Z',NULL,1574965327240888328);
INSERT INTO orders VALUES(7,1574965326934704128,'102000000000041','Target','Example Figure A',1000,1000,'USD',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:19:55.452Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888324,1574965326951481344,'2026-11-25T01:49:55.491Z','2026-11-25T01:49:55.494Z','target|',0,0,'verified',NULL,NULL,1574965327240888324);
INSERT INTO orders VALUES(8,1574965326934704128,'1261000001','Costco US','Example Television 65"',219999,219999,'USD',1,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:19:55.452Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888324,1574965326951481344,'2026-11-25T01:49:55.491Z','2026-11-25T01:49:55.494Z','costco|us',0,0,'verified',NULL,NULL,1574965327240888324);
INSERT INTO orders VALUES(9,1574965326934704128,'P0039000001','Pokemon Center US','Example Booster Bundle',2694,7981,'USD',3,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'verified',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'2026-11-25T01:24:55.452Z','2026-11-25T01:49:55.455Z',NULL,NULL,'webhook',1574965327240888325,1574965326951481344,'2026-11-25T01:49:55.491Z','2026-11-25T01:49:55.494Z','pokemoncenter|us',1,0,'verified',NULL,NULL,1574965327240888325);
CREATE TABLE order_items (
    order_id    INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    line        INTEGER NOT NULL,         -- 1, 2, ...
    product     TEXT,
    price_minor INTEGER,
    quantity    INTEGER,
    sku         TEXT,
    size        TEXT,
    PRIMARY KEY (order_id, line)
) STRICT, WITHOUT ROWID;
INSERT INTO order_items VALUES(1,1,'[Preorder] Example Handheld Console (512GB)',44999,NULL,NULL,NULL);
INSERT INTO order_items VALUES(2,1,'Trading Card Game: Example Premium Collection',12999,2,NULL,NULL);
INSERT INTO order_items VALUES(3,1,'Example Aurora Graphics Card (16GB) - Black',74999,NULL,NULL,NULL);
INSERT INTO order_items VALUES(4,1,'Example Espresso Machine',34999,NULL,NULL,NULL);
INSERT INTO order_items VALUES(5,1,'Example Brettspiel',104900,NULL,NULL,'Standard');
INSERT INTO order_items VALUES(6,1,'Example Building Blocks',2497,4,NULL,NULL);
INSERT INTO order_items VALUES(7,1,'Example Figure A',1000,1,NULL,NULL);
INSERT INTO order_items VALUES(8,1,'Example Television 65"',219999,1,NULL,NULL);
INSERT INTO order_items VALUES(9,1,'Example Booster Bundle',2694,2,NULL,NULL);
INSERT INTO order_items VALUES(9,2,'Example Plush',1999,1,NULL,NULL);
CREATE TABLE deliveries (
    message_id       INTEGER PRIMARY KEY, -- negative: made by an import of a text without an id
    guild_id         INTEGER NOT NULL,
    channel_id       INTEGER NOT NULL,
    webhook_id       INTEGER,
    posted_at        TEXT,
    edited_at        TEXT,
    received_at      TEXT    NOT NULL,
    via              TEXT    NOT NULL,    -- live, backfill, import, retry
    outcome          TEXT    NOT NULL,    -- stored, updated, unchanged, rejected, declined, test, ignored, untrusted
    reason           TEXT    NOT NULL,
    order_ids        TEXT    NOT NULL,    -- JSON array
    deleted_at       TEXT,
    reaction_wanted  TEXT,                -- what the bot should show on the message
    reaction_shown   TEXT,                -- what it has put there
    reaction_refused TEXT,                -- why Discord does not let it
    payload          BLOB                 -- the message, redacted and compressed
, dropped_at TEXT) STRICT;
INSERT INTO deliveries VALUES(1574965327232499712,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.453Z',NULL,'2026-11-25T01:49:55.488Z','backfill','test','a test notification: the connection works','[]',NULL,'🧪','🧪',NULL,X'0128b52ffd20ccfd0100940254657374204e6f746966696361596f757220776562686f6f6b20697320776f726b696e6721227d5d7d0500ed271f50d1391e0940b40800af47d4a80802',NULL);
INSERT INTO deliveries VALUES(1574965327236694016,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.454Z',NULL,'2026-11-25T01:49:55.489Z','backfill','stored','','[1]',NULL,'📦','📦',NULL,X'0128b52ffd60c501050500d4045b5072656f726465725d20452048616e6468656c6420353132474236322e70342333726573696e657472656d6f7665643030303233696d673632355430303a35343a35352e3435325a227d5d7d1c00201037b3823f730650028f410a457a09050c3ad3041a089b61482d36f0036702384041a28504aa04a8342b441217e488051f44c3b84208e0b998e61e105ca666a261cd1a119d8704a5f904473d0920',NULL);
INSERT INTO deliveries VALUES(1574965327236694017,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.454Z',NULL,'2026-11-25T01:49:55.490Z','backfill','stored','','[2]',NULL,'✅','✅',NULL,X'0128b52ffd603e02950300b403205072656d69756d20436f6c6c656374696f6e323472656d6f76656430303330303334696d673632355430303a35393a35352e3435325a227d5d7d1200209073b3027c730642038f4183457a2f8022c818f01ac844b08c20653843692e21806e01caa14567ef112b8ece838150532208',NULL);
INSERT INTO deliveries VALUES(1574965327240888320,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.490Z','backfill','stored','','[3]',NULL,'✅','✅',NULL,X'0128b52ffd60c501450500240545204175726f7261204772617068696373283136474229202d20426c61636b36312e7037342339726573696e657472656d6f7665643030303839696d673632355430313a30343a35352e3435325a227d5d7d1d00201037b3823f730650028f410a457a09050c3ad3041a089b61482d36f0036702384041a28504aa04a8342b441217e488051f44c3b84208c08331cd32603d53331df81152e92df0e69c8703a5f90c473d0920',NULL);
INSERT INTO deliveries VALUES(1574965327240888321,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.490Z','backfill','stored','','[4]',NULL,'✅','✅',NULL,X'0128b52ffd603a00cd020074022a2a4520457370726573736f204d616368696e652a2a434124333442425943412d3231357d5d7d0f001b84271a040455e0d8ba9c551920876462005e6644d30a12222f1e72ce8307c4b00085983473300118c2514b0208',NULL);
INSERT INTO deliveries VALUES(1574965327240888322,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.491Z','backfill','stored','','[5]',NULL,'✅','✅',NULL,X'0128b52ffd600400550400a2861923a0291dffffb8aa6244ffc6df3b89ccad0021efe526b643f3bc2de12ea71ff14f7f08020fe20138c85cb3a820acfe5e8851d58580142dcd21fff4f7924426a91a28302a18e49fb6f15b7618312e34fcbd7a2173bc654765937ffa95d858a45b45db44cbc70b0a0070258cb904176068a278806ace95e43ccff27cb51980734d007a7bd492b002',NULL);
INSERT INTO deliveries VALUES(1574965327240888323,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.491Z','backfill','stored','','[6]',NULL,'📦','📦',NULL,X'0128b52ffd20f6cd0300d2441118806d0e1bbe33db3d704514f29013013c09598784e82630171590ec7d337d883b8c3614cb547583fbdec5c4e5defb99126af7ed1ed156b8ef2972a409a7a4e052ee3b362b1000148561b7f2f074da3252829f40b140b3dd6f2225883b68172193e23860d1f4c0190f3473d6ac7316418038400d0920',NULL);
INSERT INTO deliveries VALUES(1574965327240888324,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.491Z','backfill','stored','','[7,8]',NULL,'✅','✅',NULL,X'0128b52ffd60f3015d04002404452046696775726520302e30303034313632355430313a31393a35352e343532393138343138436f7374636f54656c65766973696f6e2036355c322c313236315d7d170095b34500da615b0ca03de749a33330711e15a304e87e864af8b301a9019181753265390c80406f864882b98c0e64ae2506b32576d05e1c65151e78003c3c731e78819a1256',NULL);
INSERT INTO deliveries VALUES(1574965327240888325,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.491Z','backfill','stored','','[9]',NULL,'✅','✅',NULL,X'0128b52ffd604201450500e205161c6089db14adfb9753901166e35e5721e04886ed9e444ffa478fa2e0129121320a2b7525fb6ada55f44a2a669fe44a4c701c5e3301a55a3e9f78a0a61dc12b4bc90f6e100e5ad0e1f7742f480024820e3fc70374bd6045b71b002090f2b20c6c96404b9599a33e330264e481d80a1b00778033d8acdb8c3038e1c305a4caba60e8709c5d388a3ba67a4c1004488aabac1adc4a0b342f5e85ce2170a941689a1b75d4930002',NULL);
INSERT INTO deliveries VALUES(1574965327240888326,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.492Z','backfill','unchanged','','[1]',NULL,'📦','📦',NULL,X'0128b52ffd60c501050500d4045b5072656f726465725d20452048616e6468656c6420353132474236322e70342333726573696e657472656d6f7665643030303233696d673632355430303a35343a35352e3435325a227d5d7d1c00201037b3823f730650028f410a457a09050c3ad3041a089b61482d36f0036702384041a28504aa04a8342b441217e488051f44c3b84208e0b998e61e105ca666a261cd1a119d8704a5f904473d0920',NULL);
INSERT INTO deliveries VALUES(1574965327240888327,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.492Z','backfill','declined','the attempt failed','[]',NULL,NULL,NULL,NULL,X'0128b52ffd605f0105040034044465636c696e6564205072656d69756d20436f6c6c656374696f6e3234526561736f6e3431363734343537696d673632355430313a32393a35352e3435325a227d5d7d1300201004b3820c730684018f414ad4b6a3047aa2048c957130b30eb0248c72347b1040b700e5cda2b3eb881541e7c18a688198ab100251a30208',NULL);
INSERT INTO deliveries VALUES(1574965327240888328,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.492Z','backfill','updated','','[6]',NULL,'📦','📦',NULL,X'0128b52ffd208a55020064035c6e23323030303132332d34353637383930315c6e5c6e736869707065645c6e5c6e315a39393941413130313233343536373834227d0500ca67f79de9c01d048720c00da0860410',NULL);
INSERT INTO deliveries VALUES(1574965327240888329,1574965326934704128,1574965326951481344,1574965326951481345,'2026-11-25T01:49:55.455Z',NULL,'2026-11-25T01:49:55.492Z','backfill','rejected','announces an order, but without a usable order number','[]',NULL,'⚠️','⚠️',NULL,X'0128b52ffd605d00550200a4024520426c696e6420426f78344e2f413632355430313a34343a35352e3435323931383431385a227d5d7d09002010805206e64cd1b9256a603277a755bc90bb38ce9c875ba0a64410',NULL);
INSERT INTO deliveries VALUES(1574965327249276928,1574965326934704128,1574965326951481344,NULL,'2026-11-25T01:49:55.457Z',NULL,'2026-11-25T01:49:55.492Z','backfill','untrusted','posted by a member, not by a webhook','[]',NULL,NULL,NULL,NULL,X'0128b52ffd20b03d030082c4101880356eec683f49108e67079901dcd14a6bf9d32886c845050154d5fc7e3389227cbf0163a49df1fd62f301ee78cdadf1e31e504d41b9d051654e528a562a58204b020a0060883662c07a049f98a2e13cb33b7c6687a80516c802244b0ce21dd49cb002',NULL);
CREATE TABLE order_messages (
    message_id  INTEGER NOT NULL REFERENCES deliveries (message_id) ON DELETE CASCADE,
    position    INTEGER NOT NULL,         -- 0, 1, ... among the orders of the message
    order_id    INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    waiting_for TEXT,                     -- the order number, while there is no order
    outcome     TEXT    NOT NULL,
    PRIMARY KEY (message_id, position),
    CHECK ((order_id IS NULL) <> (waiting_for IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO order_messages VALUES(1574965327236694016,0,1,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327236694017,0,2,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888320,0,3,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888321,0,4,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888322,0,5,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888323,0,6,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888324,0,7,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888324,1,8,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888325,0,9,NULL,'stored');
INSERT INTO order_messages VALUES(1574965327240888326,0,1,NULL,'unchanged');
INSERT INTO order_messages VALUES(1574965327240888328,0,6,NULL,'updated');
CREATE TABLE order_events (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    at         TEXT    NOT NULL,
    kind       TEXT    NOT NULL,          -- created, changed, status
    source     TEXT    NOT NULL,          -- webhook, import, reaction, menu, command
    user_id    INTEGER,
    message_id INTEGER,
    details    TEXT    NOT NULL           -- JSON: {"column": [before, after]}
) STRICT;
INSERT INTO order_events VALUES(1,1,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327236694016,'{}');
INSERT INTO order_events VALUES(2,2,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327236694017,'{}');
INSERT INTO order_events VALUES(3,3,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888320,'{}');
INSERT INTO order_events VALUES(4,4,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888321,'{}');
INSERT INTO order_events VALUES(5,5,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888322,'{}');
INSERT INTO order_events VALUES(6,6,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888323,'{}');
INSERT INTO order_events VALUES(7,7,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888324,'{}');
INSERT INTO order_events VALUES(8,8,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888324,'{}');
INSERT INTO order_events VALUES(9,9,'2026-11-25T01:49:55.494Z','created','webhook',NULL,1574965327240888325,'{}');
INSERT INTO order_events VALUES(10,1,'2026-11-25T01:49:58.475Z','status','reaction',1574965326934704129,1574965327236694016,'{"status":["verified","shipped"]}');
CREATE TABLE marks (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    order_id   INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    message_id INTEGER,
    user_id    INTEGER NOT NULL,
    emoji      TEXT,
    status     TEXT    NOT NULL,
    source     TEXT    NOT NULL,          -- reaction, menu, command
    marked_at  TEXT,                      -- absent: set while the bot was away
    created_at TEXT    NOT NULL,
    CHECK ((order_id IS NULL) <> (message_id IS NULL))
) STRICT;
INSERT INTO marks VALUES(1,1574965326934704128,NULL,1574965327236694016,1574965326934704129,'📦','shipped','reaction','2026-11-25T01:49:58.475Z','2026-11-25T01:49:58.475Z');
CREATE TABLE cards (
    message_id INTEGER NOT NULL,
    order_id   INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    guild_id   INTEGER NOT NULL,
    channel_id INTEGER NOT NULL,
    PRIMARY KEY (message_id, order_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE watches (
    channel_id       INTEGER PRIMARY KEY,
    guild_id         INTEGER NOT NULL,
    webhook_ids      TEXT    NOT NULL,    -- JSON array; empty: any webhook of the channel
    cursor           INTEGER,             -- history is read without a hole up to this message
    board_channel_id INTEGER,
    added_at         TEXT    NOT NULL
, starts_after INTEGER, caught_up_at TEXT, hole_closed_at TEXT, hole_messages INTEGER NOT NULL DEFAULT 0) STRICT;
INSERT INTO watches VALUES(1574965326951481344,1574965326934704128,'[1574965326951481345]',1574965327249276928,NULL,'2026-11-25T01:49:55.449Z',0,'2026-11-25T01:49:55.520Z',NULL,0);
CREATE TABLE unheard_reactions (
    message_id INTEGER NOT NULL,
    user_id    INTEGER NOT NULL,
    emoji      TEXT    NOT NULL,
    PRIMARY KEY (message_id, emoji, user_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE additions (
    id       INTEGER PRIMARY KEY AUTOINCREMENT,
    order_id INTEGER NOT NULL REFERENCES orders (id) ON DELETE CASCADE,
    kind     TEXT    NOT NULL,          -- tracking: one more number; note: in place of the one before
    value    TEXT    NOT NULL,          -- an empty note takes the one before away
    user_id  INTEGER NOT NULL,
    added_at TEXT    NOT NULL
) STRICT;
CREATE TABLE amended_orders (
    order_id      INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
    said_tracking TEXT,
    said_notes    TEXT
) STRICT;
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('orders',9);
INSERT INTO sqlite_sequence VALUES('order_events',10);
INSERT INTO sqlite_sequence VALUES('marks',1);
CREATE INDEX orders_latest ON orders (guild_id, ordered_at DESC, id DESC);
CREATE INDEX orders_by_number ON orders (guild_id, order_number);
CREATE INDEX deliveries_latest ON deliveries (guild_id, received_at DESC, message_id DESC);
CREATE INDEX deliveries_by_outcome ON deliveries (guild_id, outcome, received_at DESC, message_id DESC);
CREATE INDEX deliveries_reaction_due ON deliveries (channel_id, message_id)
    WHERE reaction_wanted IS NOT reaction_shown;
CREATE INDEX order_messages_by_order ON order_messages (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX order_messages_waiting ON order_messages (waiting_for) WHERE waiting_for IS NOT NULL;
CREATE INDEX order_events_by_order ON order_events (order_id);
CREATE UNIQUE INDEX marks_of_message ON marks (message_id, user_id, emoji) WHERE message_id IS NOT NULL;
CREATE INDEX marks_of_order ON marks (order_id) WHERE order_id IS NOT NULL;
CREATE INDEX cards_of_order ON cards (order_id);
CREATE VIEW order_report AS
WITH scaled AS (
    SELECT orders.*, digits, unit FROM orders JOIN (
        SELECT 0 AS digits, 1.0 AS unit UNION ALL SELECT 2, 100.0 UNION ALL SELECT 3, 1000.0
    ) ON digits = CASE
        WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF',
                          'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
        WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
        ELSE 2
    END
)
SELECT
    substr(ordered_at, 1, 10)  AS "Date",
    substr(ordered_at, 12, 8)  AS "Time",
    product                    AS "Product",
    CASE WHEN price_minor IS NOT NULL
        THEN printf('%.*f', digits, price_minor / unit) END AS "Price",
    CASE WHEN total_minor IS NOT NULL
        THEN printf('%.*f', digits, total_minor / unit) END AS "Total",
    CASE WHEN commission_minor IS NOT NULL
        THEN printf('%.*f', digits, commission_minor / unit) END AS "Commission",
    quantity                   AS "Quantity",
    profile                    AS "Profile",
    proxy_list                 AS "Proxy List",
    order_number               AS "Order Number",
    email                      AS "Email",
    reference_number           AS "Reference #",
    posted_at                  AS "Posted Date",
    tracking_number            AS "Tracking Number",
    status                     AS "Status",
    notes                      AS "Notes",
    payment_method             AS "Payment Method",
    shipping_address           AS "Shipping Address",
    shipping_method            AS "Shipping Method",
    qty_received               AS "QTY Received",
    id                         AS "Order ID",
    created_at                 AS "Created",
    updated_at                 AS "Modified",
    store                      AS "Store",
    currency                   AS "Currency",
    customer_name              AS "Customer Name",
    product_url                AS "Product Link",
    order_url                  AS "Order Link",
    image_url                  AS "Picture",
    shipped_at                 AS "Shipped",
    delivered_at               AS "Delivered",
    source                     AS "Source",
    guild_id                   AS "Server",
    channel_id                 AS "Channel",
    message_id                 AS "Message"
FROM scaled;
CREATE INDEX additions_of_order ON additions (order_id);
COMMIT;
