-- One purchase is counted once, and a purchase without an order number is an order of its own.

-- What lines are compared by: two currencies are never added, and the same link is the same product.
ALTER TABLE order_items ADD COLUMN currency TEXT;      -- of the price, where it is not the order's
ALTER TABLE order_items ADD COLUMN product_url TEXT;   -- of orders with several lines

-- The products that this part of a message names and that were counted once, although they may be others.
ALTER TABLE order_messages ADD COLUMN doubt TEXT;
-- When the purchase was made, of a checkout that names no order number.
ALTER TABLE order_messages ADD COLUMN unnumbered_at TEXT;
CREATE INDEX order_messages_unnumbered ON order_messages (unnumbered_at) WHERE unnumbered_at IS NOT NULL;

-- What people say of orders where the messages say something else, or nothing. It is kept by the message
-- that it corrects, or by the order, so that reading all messages again gives the same.
CREATE TABLE corrections (
    id         INTEGER PRIMARY KEY AUTOINCREMENT,
    guild_id   INTEGER NOT NULL,
    order_id   INTEGER REFERENCES orders (id) ON DELETE CASCADE,
    message_id INTEGER,
    position   INTEGER,                 -- 0, 1, ... among the orders of the message
    kind       TEXT    NOT NULL,        -- apart: its products count apart; number: its order number
    value      TEXT    NOT NULL,
    user_id    INTEGER NOT NULL,
    made_at    TEXT    NOT NULL,
    undone_at  TEXT,                    -- absent: it holds
    CHECK ((order_id IS NULL) <> (message_id IS NULL)),
    CHECK ((message_id IS NULL) = (position IS NULL))
) STRICT;

CREATE UNIQUE INDEX corrections_of_message ON corrections (message_id, position, kind)
    WHERE message_id IS NOT NULL AND undone_at IS NULL;
CREATE INDEX corrections_of_order ON corrections (order_id) WHERE order_id IS NOT NULL;

-- Orders that turned out to be another, older one. They come back with their id, and with what people did
-- to them, when that is taken back.
CREATE TABLE merged_orders (
    id         INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL,        -- of the checkout that announced it
    position   INTEGER NOT NULL
) STRICT;

CREATE INDEX merged_orders_of_message ON merged_orders (message_id, position);

-- The merged order that it was made for; absent: the one where it is.
ALTER TABLE marks ADD COLUMN home_id INTEGER;
ALTER TABLE additions ADD COLUMN home_id INTEGER;
ALTER TABLE order_events ADD COLUMN home_id INTEGER;
ALTER TABLE cards ADD COLUMN home_id INTEGER;
CREATE INDEX marks_home ON marks (home_id) WHERE home_id IS NOT NULL;
CREATE INDEX additions_home ON additions (home_id) WHERE home_id IS NOT NULL;
CREATE INDEX order_events_home ON order_events (home_id) WHERE home_id IS NOT NULL;
CREATE INDEX cards_home ON cards (home_id) WHERE home_id IS NOT NULL;

-- When a person did what the reaction is to confirm: these go first, however old the message is.
ALTER TABLE deliveries ADD COLUMN reaction_asked_at TEXT;
-- 1: it makes no order, and may be one all the same.
ALTER TABLE deliveries ADD COLUMN doubtful INTEGER NOT NULL DEFAULT 0;
CREATE INDEX deliveries_doubtful ON deliveries (guild_id, received_at) WHERE doubtful = 1;
DROP INDEX deliveries_reaction_due;
CREATE INDEX deliveries_reaction_due ON deliveries (channel_id, reaction_asked_at, message_id)
    WHERE reaction_wanted IS NOT reaction_shown;

-- A purchase without an order number is an order. Nothing about the stored rows changes, so only the words
-- of the table do, as SQLite's page on ALTER TABLE describes: writing a million orders anew takes minutes,
-- and would delete all that hangs on them.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'order_number     TEXT    NOT NULL CHECK', 'order_number     TEXT    CHECK')
WHERE type = 'table' AND name = 'orders';
PRAGMA writable_schema = RESET;

-- Letters that are compared and searched as others. The program folds the same ones; a test holds it.
CREATE TABLE folded_letters (
    letter TEXT PRIMARY KEY,
    plain  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO folded_letters (letter, plain)
WITH RECURSIVE written (plain, letters) AS (VALUES
    ('!', '︕﹗！'), ('"', '«»“”„‟″＂'), ('#', '﹟＃'), ('$', '﹩＄'), ('%', '﹪％'), ('&', '﹠＆'), ('''', '´ʼ‘’‚‛′＇'),
    ('(', '⁽₍︵﹙（'), (')', '⁾₎︶﹚）'), ('*', '﹡＊'), ('+', '⁺₊﬩﹢＋'), (',', '︐﹐，'), ('-', '‐‑‒–—―⁻₋−︱︲﹘﹣－'), ('.', '․﹒．'),
    ('/', '／'), ('0', '⁰₀⓪０'), ('1', '¹₁①１'), ('2', '²₂②２'), ('3', '³₃③３'), ('4', '⁴₄④４'), ('5', '⁵₅⑤５'),
    ('6', '⁶₆⑥６'), ('7', '⁷₇⑦７'), ('8', '⁸₈⑧８'), ('9', '⁹₉⑨９'), (':', '︓﹕：'), (';', ';︔﹔；'), ('<', '﹤＜'),
    ('=', '⁼₌﹦＝'), ('>', '﹥＞'), ('?', '︖﹖？'), ('@', '﹫＠'), ('[', '﹇［'), ('\', '﹨＼'), (']', '﹈］'), ('^', '＾'),
    ('_', '︳︴﹍﹎﹏＿'), ('`', '`｀'), ('a', 'ªÀÁÂÃÄÅàáâãäåĀāĂăĄąǍǎǞǟǠǡǺǻȀȁȂȃȦȧᴬᵃḀḁẠạẢảẤấẦầẨẩẪẫẬậẮắẰằẲẳẴẵẶặₐÅⒶⓐＡａ'),
    ('b', 'ᴮᵇḂḃḄḅḆḇℬⒷⓑＢｂ'), ('c', 'ÇçĆćĈĉĊċČčᶜḈḉℂℭⅭⅽⒸⓒꟲＣｃ'), ('d', 'ÐðĎďĐđᴰᵈᶞḊḋḌḍḎḏḐḑḒḓⅅⅆⅮⅾⒹⓓＤｄ'),
    ('e', 'ÈÉÊËèéêëĒēĔĕĖėĘęĚěȄȅȆȇȨȩᴱᵉḔḕḖḗḘḙḚḛḜḝẸẹẺẻẼẽẾếỀềỂểỄễỆệₑℯℰⅇⒺⓔＥｅ'), ('f', 'ᶠḞḟℱⒻⓕꟳＦｆ'),
    ('g', 'ĜĝĞğĠġĢģǦǧǴǵᴳᵍḠḡℊⒼⓖＧｇ'), ('h', 'ĤĥȞȟʰᴴḢḣḤḥḦḧḨḩḪḫẖₕℋℌℍℎⒽⓗＨｈ'),
    ('i', 'ÌÍÎÏìíîïĨĩĪīĬĭĮįİıǏǐȈȉȊȋᴵᵢḬḭḮḯỈỉỊịⁱℐℑℹⅈⅠⅰⒾⓘＩｉ'), ('j', 'ĴĵǰʲᴶⅉⒿⓙⱼＪｊ'), ('k', 'ĶķǨǩᴷᵏḰḱḲḳḴḵₖKⓀⓚＫｋ'),
    ('l', 'ĹĺĻļĽľŁłˡᴸḶḷḸḹḺḻḼḽₗℒℓⅬⅼⓁⓛＬｌ'), ('m', 'ᴹᵐḾḿṀṁṂṃₘℳⅯⅿⓂⓜＭｍ'), ('n', 'ÑñŃńŅņŇňǸǹᴺṄṅṆṇṈṉṊṋⁿₙℕⓃⓝＮｎ'),
    ('o', 'ºÒÓÔÕÖØòóôõöøŌōŎŏŐőƠơǑǒǪǫǬǭȌȍȎȏȪȫȬȭȮȯȰȱᴼᵒṌṍṎṏṐṑṒṓỌọỎỏỐốỒồỔổỖỗỘộỚớỜờỞởỠỡỢợₒℴⓄⓞＯｏ'), ('p', 'ᴾᵖṔṕṖṗₚℙⓅⓟＰｐ'),
    ('q', 'ℚⓆⓠꟴＱｑ'), ('r', 'ŔŕŖŗŘřȐȑȒȓʳᴿᵣṘṙṚṛṜṝṞṟℛℜℝⓇⓡＲｒ'), ('s', 'ŚśŜŝŞşŠšſȘșˢṠṡṢṣṤṥṦṧṨṩẛₛⓈⓢＳｓ'),
    ('t', 'ŢţŤťȚțᵀᵗṪṫṬṭṮṯṰṱẗₜⓉⓣＴｔ'), ('u', 'ÙÚÛÜùúûüŨũŪūŬŭŮůŰűŲųƯưǓǔǕǖǗǘǙǚǛǜȔȕȖȗᵁᵘᵤṲṳṴṵṶṷṸṹṺṻỤụỦủỨứỪừỬửỮữỰựⓊⓤＵｕ'),
    ('v', 'ᵛᵥṼṽṾṿⅤⅴⓋⓥⱽＶｖ'), ('w', 'ŴŵʷᵂẀẁẂẃẄẅẆẇẈẉẘⓌⓦＷｗ'), ('x', '×ˣẊẋẌẍₓⅩⅹⓍⓧＸｘ'), ('y', 'ÝýÿŶŷŸȲȳʸẎẏẙỲỳỴỵỶỷỸỹⓎⓨＹｙ'),
    ('z', 'ŹźŻżŽžᶻẐẑẒẓẔẕℤℨⓏⓩＺｚ'), ('{', '︷﹛｛'), ('|', '｜'), ('}', '︸﹜｝'), ('~', '～'), ('', '©®℠™'), ('!!', '‼'),
    ('!?', '⁉'), ('''''''', '‴'), ('''''''''', '⁗'), ('''n', 'ŉ'), ('(1)', '⑴'), ('(10)', '⑽'), ('(11)', '⑾'),
    ('(12)', '⑿'), ('(13)', '⒀'), ('(14)', '⒁'), ('(15)', '⒂'), ('(16)', '⒃'), ('(17)', '⒄'), ('(18)', '⒅'),
    ('(19)', '⒆'), ('(2)', '⑵'), ('(20)', '⒇'), ('(3)', '⑶'), ('(4)', '⑷'), ('(5)', '⑸'), ('(6)', '⑹'), ('(7)', '⑺'),
    ('(8)', '⑻'), ('(9)', '⑼'), ('(a)', '⒜'), ('(b)', '⒝'), ('(c)', '⒞'), ('(d)', '⒟'), ('(e)', '⒠'), ('(f)', '⒡'),
    ('(g)', '⒢'), ('(h)', '⒣'), ('(i)', '⒤'), ('(j)', '⒥'), ('(k)', '⒦'), ('(l)', '⒧'), ('(m)', '⒨'), ('(n)', '⒩'),
    ('(o)', '⒪'), ('(p)', '⒫'), ('(q)', '⒬'), ('(r)', '⒭'), ('(s)', '⒮'), ('(t)', '⒯'), ('(u)', '⒰'), ('(v)', '⒱'),
    ('(w)', '⒲'), ('(x)', '⒳'), ('(y)', '⒴'), ('(z)', '⒵'), ('..', '‥︰'), ('...', '…︙'), ('1.', '⒈'), ('10', '⑩'),
    ('10.', '⒑'), ('11', '⑪'), ('11.', '⒒'), ('12', '⑫'), ('12.', '⒓'), ('13', '⑬'), ('13.', '⒔'), ('14', '⑭'),
    ('14.', '⒕'), ('15', '⑮'), ('15.', '⒖'), ('16', '⑯'), ('16.', '⒗'), ('17', '⑰'), ('17.', '⒘'), ('18', '⑱'),
    ('18.', '⒙'), ('19', '⑲'), ('19.', '⒚'), ('2.', '⒉'), ('20', '⑳'), ('20.', '⒛'), ('21', '㉑'), ('22', '㉒'),
    ('23', '㉓'), ('24', '㉔'), ('25', '㉕'), ('26', '㉖'), ('27', '㉗'), ('28', '㉘'), ('29', '㉙'), ('3.', '⒊'),
    ('30', '㉚'), ('31', '㉛'), ('32', '㉜'), ('33', '㉝'), ('34', '㉞'), ('35', '㉟'), ('36', '㊱'), ('37', '㊲'),
    ('38', '㊳'), ('39', '㊴'), ('4.', '⒋'), ('40', '㊵'), ('41', '㊶'), ('42', '㊷'), ('43', '㊸'), ('44', '㊹'),
    ('45', '㊺'), ('46', '㊻'), ('47', '㊼'), ('48', '㊽'), ('49', '㊾'), ('5.', '⒌'), ('50', '㊿'), ('6.', '⒍'),
    ('7.', '⒎'), ('8.', '⒏'), ('9.', '⒐'), ('::=', '⩴'), ('==', '⩵'), ('===', '⩶'), ('?!', '⁈'), ('??', '⁇'),
    ('a.m.', '㏂'), ('a/c', '℀'), ('a/s', '℁'), ('ae', 'Ææᴭ'), ('au', '㍳'), ('bar', '㍴'), ('bq', '㏃'), ('c/o', '℅'),
    ('c/u', '℆'), ('cal', '㎈'), ('cc', '㏄'), ('cd', '㏅'), ('cm', '㎝'), ('cm2', '㎠'), ('cm3', '㎤'), ('co.', '㏇'),
    ('da', '㍲'), ('db', '㏈'), ('dl', '㎗'), ('dm', '㍷'), ('dm2', '㍸'), ('dm3', '㍹'), ('dz', 'ǄǅǆǱǲǳ'), ('erg', '㋍'),
    ('ev', '㋎'), ('fax', '℻'), ('ff', 'ﬀ'), ('ffi', 'ﬃ'), ('ffl', 'ﬄ'), ('fi', 'ﬁ'), ('fl', 'ﬂ'), ('fm', '㎙'),
    ('gal', '㏿'), ('gb', '㎇'), ('ghz', '㎓'), ('gpa', '㎬'), ('gy', '㏉'), ('ha', '㏊'), ('hg', '㋌'), ('hp', '㏋'),
    ('hpa', '㍱'), ('hz', '㎐'), ('ii', 'Ⅱⅱ'), ('iii', 'Ⅲⅲ'), ('ij', 'Ĳĳ'), ('in', '㏌'), ('iu', '㍺'), ('iv', 'Ⅳⅳ'),
    ('ix', 'Ⅸⅸ'), ('ka', '㎄'), ('kb', '㎅'), ('kcal', '㎉'), ('kg', '㎏'), ('khz', '㎑'), ('kk', '㏍'), ('kl', '㎘'),
    ('km', '㎞㏎'), ('km2', '㎢'), ('km3', '㎦'), ('kpa', '㎪'), ('kt', '㏏'), ('kv', '㎸'), ('kw', '㎾'), ('lj', 'Ǉǈǉ'),
    ('lm', '㏐'), ('ln', '㏑'), ('log', '㏒'), ('ltd', '㋏'), ('lx', '㏓'), ('m2', '㎡'), ('m3', '㎥'), ('ma', '㎃'),
    ('mb', '㎆㏔'), ('mg', '㎎'), ('mhz', '㎒'), ('mil', '㏕'), ('ml', '㎖'), ('mm', '㎜'), ('mm2', '㎟'), ('mm3', '㎣'),
    ('mol', '㏖'), ('mpa', '㎫'), ('ms', '㎳'), ('mv', '㎷㎹'), ('mw', '㎽㎿'), ('na', '㎁'), ('nf', '㎋'), ('nj', 'Ǌǋǌ'),
    ('nm', '㎚'), ('no', '№'), ('ns', '㎱'), ('nv', '㎵'), ('nw', '㎻'), ('oe', 'Œœꟹ'), ('ov', '㍵'), ('p.m.', '㏘'),
    ('pa', '㎀㎩'), ('pc', '㍶'), ('pf', '㎊'), ('ph', '㏗'), ('ppm', '㏙'), ('pr', '㏚'), ('ps', '㎰'), ('pte', '㉐'),
    ('pv', '㎴'), ('pw', '㎺'), ('rad', '㎭'), ('rs', '₨'), ('sr', '㏛'), ('ss', 'ßẞ'), ('st', 'ﬅﬆ'), ('sv', '㏜'),
    ('tel', '℡'), ('th', 'Þþ'), ('thz', '㎔'), ('vi', 'Ⅵⅵ'), ('vii', 'Ⅶⅶ'), ('viii', 'Ⅷⅷ'), ('wb', '㏝'), ('xi', 'Ⅺⅺ'),
    ('xii', 'Ⅻⅻ')
), each (plain, letters, place) AS (
    SELECT plain, letters, 1 FROM written
    UNION ALL
    SELECT plain, letters, place + 1 FROM each WHERE place < length(letters)
)
SELECT substr(letters, place, 1), plain FROM each;

-- Marks that stand behind their letter, and the sign for a letter that was lost.
INSERT INTO folded_letters (letter, plain)
WITH RECURSIVE codes (code) AS (SELECT 768 UNION ALL SELECT code + 1 FROM codes WHERE code < 879)
SELECT char(code), '' FROM codes UNION ALL SELECT char(65533), '';

-- What of an order is searched, as it is searched. Most texts are plain, or hold a few common marks; the
-- rest is folded letter by letter.
DROP VIEW order_texts;
CREATE VIEW order_texts AS
SELECT
    id,
    CASE WHEN common GLOB '*[^' || char(1) || '-~]*' THEN (
        WITH RECURSIVE folded (place, text) AS (
            SELECT 0, ''
            UNION ALL
            SELECT place + 1, text || coalesce(
                (SELECT plain FROM folded_letters WHERE letter = substr(common, place + 1, 1)),
                substr(common, place + 1, 1)
            )
            FROM folded WHERE place < length(common)
        )
        SELECT text FROM folded ORDER BY place DESC LIMIT 1
    ) ELSE common END
    -- The guild as three letters that nobody types: it is found like any other text.
    || char(10) || char(57344 + guild_id % 6400, 57344 + guild_id / 6400 % 6400,
                        57344 + guild_id / 40960000 % 6400) AS text
FROM (
    SELECT id, guild_id, CASE WHEN whole GLOB '*[^' || char(1) || '-%''-~]*' THEN
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            whole, 'é', 'e'), 'É', 'e'), '®', ''), '™', ''), '–', '-'), '—', '-'), '’', ''''),
            '“', '"'), '”', '"'), '&amp;', '&'), '&#39;', ''''), '&quot;', '"')
    ELSE whole END AS common
    FROM (
        SELECT id, guild_id, coalesce(order_number, '') || char(10) || coalesce(product, '') || char(10)
            || coalesce(email, '') || char(10) || coalesce(profile, '') || char(10)
            || coalesce(tracking_number, '') AS whole
        FROM orders
    )
);

INSERT INTO order_search (order_search) VALUES ('rebuild');
