//! Every form of a secret that is known, as a grammar: a label and a value, or a text of its own.

use crate::random::Random;

/// The marks between a label and its value in a text.
pub(crate) const JOINTS: [&str; 8] = [": ", ":", " = ", "\n", " - ", " | ", " → ", ":\n"];

/// What stands behind a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Value {
    /// Three or four digits.
    Code,
    /// Six digits.
    LongCode,
    /// A card, with or without spaces and dashes; its check digit may be wrong.
    Card,
    /// A month and a year.
    Expiry,
    /// Letters and digits.
    Word,
    /// Small letters alone.
    PlainWord,
    /// A header of cookies.
    Cookies,
    /// Several codes, a line each.
    Codes,
    /// Words of a wallet.
    Phrase,
}

/// Labels and what stands behind each.
pub(crate) const LABELS: [(&str, Value); 13] = [
    (
        "CVV, CVV2, CVC, CVC2, Card CVV, Security Code, Card Security Code, CSC, PIN, Card PIN, Sicherheitscode, \
         Prüfziffer, Code de sécurité, Código de seguridad, Codice di sicurezza, セキュリティコード, 安全码, 보안코드",
        Value::Code,
    ),
    (
        "OTP, 2FA, 2FA Code, MFA Code, Verification Code, One-Time Code, One Time Passcode, Passcode, Login Code, \
         Auth Code, SMS Code, PIN, Einmalcode, Code de vérification, Código de verificación, 验证码, 인증번호",
        Value::LongCode,
    ),
    (
        "Card, Card Number, card_number, CardNumber, Credit Card, Debit Card, CC, Gift Card, Visa, Kreditkarte, \
         Carte bancaire, Tarjeta, Numero carta, Номер карты, カード番号, 卡号",
        Value::Card,
    ),
    (
        "Expiration, Expiry, Expiry Date, Expiration Date, Exp, Exp Date, Card Expiry, Valid Thru, Ablaufdatum, \
         Date d'expiration, Caducidad, 有効期限",
        Value::Expiry,
    ),
    (
        "Password, Account Password, userPassword, PASSWORD, Passwort, Mot de passe, Contraseña, Senha, Hasło, \
         Wachtwoord, Пароль, パスワード, 密码, 비밀번호, Pass, PW, pwd, Token, Auth Token, auth_token, authToken, \
         Access Token, accessToken, Refresh Token, ID Token, Bearer Token, Session, Session ID, sessionid, \
         Session Token, JWT, API Key, api_key, apiKey, X-Api-Key, Auth Key, authkey, Secret Key, Client Secret, \
         Private Key, Cookie, Cookies, Session Cookie, Authorization, Credentials, Passphrase, Recovery Key",
        Value::Word,
    ),
    (
        "Password, Passwort, Contraseña, Пароль, 密码, Security Answer, Secret Answer, Mother's Maiden Name",
        Value::PlainWord,
    ),
    ("Cookie, Cookies, Set-Cookie, Session Cookie", Value::Cookies),
    ("Recovery Codes, Backup Codes, 2FA Backup Codes", Value::Codes),
    ("Seed Phrase, Recovery Phrase, Mnemonic, Seed, Secret Phrase", Value::Phrase),
    ("Session, Cookie, Auth Token", Value::Word),
    (
        "mdp, Pass word, pswd, psw, Pswrd, passwrd, passw, P/W, p@ss, Pass phrase, 2FA Secret, Setup Key, Authenticator Key",
        Value::Word,
    ),
    ("CCV, CVD, Card Code, Sec Code, Sec. Code, 3 Digit Code", Value::Code),
    (
        "Verification, TAN, mTAN, 2-step verification, Two-step code, Confirm Code, Authenticator",
        Value::LongCode,
    ),
];

/// Forms without a label: `{w}` and `{v}` are words, `{m}` small letters, `{c}` a card with a right check
/// digit, `{s}` and `{d}` the same in groups, `{n}` six digits, `{k}` three, `{e}` an expiry, `{p}` a phrase,
/// `{j}` a JSON web token, `{b}` a bot's token.
pub(crate) const TEXTS: [&str; 227] = [
    "203.0.113.4:8080\n{w}\n{v}",
    "gw.example.net\n8080\n{w}\n{v}",
    "login buyer@example.com pass {m}",
    "buyer@example.com, password {m}",
    "login demo77 pass {w}",
    "https://shop.example.com/reset?c={w}",
    "https://shop.example.com/login?x=1&k={w}",
    "https://shop.example.com/login/{w}",
    "buyer@example.com:{w}",
    "buyer@example.com:{m}",
    "buyer@example.com | {w}",
    "buyer@example.com;{w}",
    "buyer@example.com : {w}",
    "buyer@example.com - {w}",
    "buyer@example.com,{w}",
    "||buyer@example.com||:||{w}||",
    "**buyer@example.com**:{w}",
    "`buyer@example.com`:`{w}`",
    "||buyer@example.com|| | ||{w}||",
    "Account: buyer@example.com:{w}",
    "Login: buyer@example.com | {w}",
    "buyer@example.com:{w}:{v}",
    "your password is {w}",
    "password {w}",
    "the token is {w}",
    "{c}",
    "{s}",
    "{d}",
    "paid with {s} today",
    "{c}|{e}|{k}",
    "{s} {e} {k}",
    "{c}:{e}:{k}",
    "Card: {s} Exp: {e} CVV: {k}",
    "CVV {k}",
    "Exp {e} CVC {k}",
    "{n} is your verification code",
    "Your verification code is {n}",
    "Your code is {n}",
    "Use code {n} to sign in",
    "Your one-time passcode for the shop is: {n}",
    "Authorization: Bearer {w}{v}",
    "Bearer {w}{v}",
    "{j}",
    "token={w}",
    "sessionid={w}; Path=/",
    "foo={w}; bar={v}",
    "{\"password\": \"{w}\", \"product\": \"Kettle\"}",
    "{\"auth_token\":\"{w}\",\"cvv\":\"{k}\"}",
    "{p}",
    "http://{w}:{v}@gw.example.net:8080/",
    "socks5://{w}:{v}@203.0.113.4:1080",
    "http://{w}:{v}@[2001:db8::1]:8080",
    "http://203.0.113.4:8080:{w}:{v}",
    "203.0.113.4:8080:{w}:{v}",
    "gw.example.net:8080:{w}:{v}",
    "localhost:8080:{w}:{v}",
    "{w}:{v}@gw.example.net:8080",
    "{w}:{v}@gw.example.net",
    "{w}:{v}@203.0.113.4",
    "{w}:{v}:gw.example.net:8080",
    "{w}:{v}:203.0.113.4:8080",
    "gw.example.net:8080@{w}:{v}",
    "203.0.113.4:8080@{w}:{v}",
    "203.0.113.4:{w}:{v}",
    "gw.example.net:{w}:{v}",
    "8080:203.0.113.4:{w}:{v}",
    "[2001:db8::1]:8080:{w}:{v}",
    "{w}:{v}@[2001:db8::1]:8080",
    "[2001:db8::1]:{w}:{v}",
    "2001:db8:0:1:2:3:4:5:8080:{w}:{v}",
    "2001:db8::1:8080:{w}:{v}",
    "203.0.113.4 8080 {w} {v}",
    "203.0.113.4|8080|{w}|{v}",
    "203.0.113.4;8080;{w};{v}",
    "203.0.113.4,8080,{w},{v}",
    "203.0.113.4:8080 {w}:{v}",
    "203.0.113.4:8080|{w}:{v}",
    "203.0.113.4:8080/{w}:{v}",
    "{w};{v};203.0.113.4;8080",
    "Pool | http://{w}:{v}@gw.example.net:8080/",
    "203.0.\u{200b}113.4:80\u{200b}80:{w}:{v}",
    "https://share.refractbot.com/setup/{w}",
    "https://discord.com/api/webhooks/1290000000000000001/{w}",
    "{b}",
    "sk_live_{w}{v}",
    "ghp_{w}{v}{w}",
    "https://shop.example.com/o;jsessionid={w}",
    "https://shop.example.com/o;sid={w}/view",
    "https://shop.example.com/auth_token/{w}",
    "https://shop.example.com/session/{w}/view",
    "https://shop.example.com/token={w}/view",
    "https://shop.example.com/jwt/{w}",
    "https://shop.example.com/?next=https%3A%2F%2Fb.example%3Fapi_key%3D{w}",
    "shop.example.com/o?access_token={w}",
    "[Order](https://shop.example.com/o?b=1&sig={w})",
    "<https://shop.example.com/o?b=1&amp;sid={w}>",
    "Visa{c}",
    "{s - }",
    "{s–}",
    "{s‑}",
    "{s/}",
    "{s_}",
    "{s   }",
    "{s|}",
    "{s,}",
    "{s\n}",
    "Card Number: {s - }",
    "Card Number: {s/}",
    "Payment Method: {s–}",
    "Notes: Order paid with {s}",
    "Order charged to {c}",
    "Your purchase was charged to {c}",
    "Item paid: {c}",
    "Order 102003900000021 paid with {c}",
    "Order Payment: {c}",
    "Product: Kettle, paid {c}",
    "Transaction on {s} approved",
    "Shipment paid {d}",
    "Order Number: 102003900000021\n{s}",
    "number={c}&x=1",
    "{c} ({e}) [{k}]",
    "{c}|{x}|{k}",
    "{c}|{e}|John Doe|{k}",
    "{c} John Doe {e} {k}",
    "{c}:{k}:{e}",
    "{k}|{e}|{c}",
    "{c} 11 31 {k}",
    "cvv{k}",
    "CVV#{k}",
    "CVV-{k}",
    "CVV • {k}",
    "CVV/{k}",
    "CVV({k})",
    "CVV, {k}",
    "C.V.V: {k}",
    "C V V: {k}",
    "CCV: {k}",
    "ccv {k}",
    "CVD: {k}",
    "Card Code: {k}",
    "Sec Code: {k}",
    "Sec. code {k}",
    "Security  Code: {k}",
    "3 digit code: {k}",
    "||buyer@example.com||||{w}||",
    "`buyer@example.com``{w}`",
    "**buyer@example.com****{w}**",
    "||buyer@example.com||**{w}**",
    "[buyer@example.com](mailto:buyer@example.com):{w}",
    "<buyer@example.com>:{w}",
    "(buyer@example.com):({w})",
    "Account: demo77:{w}",
    "Account: demo77 | {w}",
    "Account: demo77/{w}",
    "Login: demo77 / {w}",
    "Account: buyer@example.com {w}",
    "Account: buyer@example.com = {w}",
    "Account: buyer@example.com ({w})",
    "Account: buyer@example.com • {w}",
    "Account: {w}:buyer@example.com",
    "user=bob&pass={w}",
    "username=bob&password={m}",
    "<password>{m}</password>",
    "<cvv>{k}</cvv>",
    "Password \"{m}\"",
    "password '{m}'",
    "Password ({w})",
    "Password • {m}",
    "pw-{w}",
    "pw/{w}",
    "P/W: {w}",
    "Your Walmart code is {n}",
    "Your Best Buy code is {n}",
    "Use {n} to log in",
    "Use {n} to verify your account",
    "Enter {n} to sign in",
    "code {n}, do not share",
    "PIN {n}",
    "Votre code est {n}",
    "Ihr Code lautet {n}",
    "Su código es {n}",
    "验证码是 {n}",
    "認証コードは{n}です",
    "otp-{n}",
    "[{\"name\":\"sid\",\"value\":\"{w}\"}]",
    "{\"domain\":\".a.example\",\"name\":\"s\",\"path\":\"/\",\"value\":\"{w}\"}",
    "cf_clearance={w}{v}",
    "_abck={w}{v}",
    "1234567890:AA{w}{v}{w}xxxxx",
    "sk-proj-{w}{v}",
    "SG.{w}{v}.{w}{v}",
    "{p|}",
    "{P|}",
    "{P\n}",
    "https://shop.example.com/o?token[]={w}",
    "https://shop.example.com/o?user[token]={w}&b=1",
    "https://shop.example.com/o?token%3A{w}",
    "https://shop.example.com/o?data=%7B%22token%22%3A%22{w}%22%7D",
    "https://hooks.slack.com/services/T000/B000/{w}{v}",
    "https://discord.com/api//webhooks/1290000000000000001/{w}",
    "webhooks/1290000000000000001/{w}",
    "https://api.telegram.org/bot1234567890:AA{w}{v}{w}xxxxx/send",
    "https://shop.example.com/reset-password/{w}",
    "https://shop.example.com/auth/{w}",
    "https://shop.example.com/oauth_token/{w}",
    "https://shop.example.com/verify/{w}",
    "https://shop.example.com/passcode/{w}",
    "https://shop.example.com/o?card={c}",
    "https://shop.example.com/o?cvv={k}",
    "gw.example.net : 8080 : {w} : {v}",
    "gw.example.net:8080 - {w} - {v}",
    "gw.example.net:8080 / {w} / {v}",
    "gw.example.net:8080\n{w}:{v}",
    "proxyhost:8080:{w}:{v}",
    "{w}:{v}@proxyhost:8080",
    "http://proxyhost:8080:{w}:{v}",
    "{w}:{v}@2001:db8::9:8080",
    "{w}:{v}:2001:db8::9:8080",
    "2001:db8::9|8080|{w}|{v}",
    "gw.example.net:8080:user:pa,{w}",
    "gw.example.net:8080:user:pa;{w}",
    "gw.example.net:8080:user:{w},{v}",
    "http://u:{w}/{v}@gw.example.net:8080",
    "Host: gw.example.net\nPort: 8080\nUser: {w}\nPass: {v}",
    "Host: gw.example.net:8080 User: {w} Pass: {v}",
    "203.0.113.4:8080:{w}",
    "gw.example.net:8080:{w}",
];

/// Forms that only the name of their field tells from something harmless.
pub(crate) const FIELD_TEXTS: [(&str, &str); 23] = [
    ("Account", "buyer@example.com {w}"),
    ("Account", "buyer@example.com = {w}"),
    ("Account", "buyer@example.com ({w})"),
    ("Account", "buyer@example.com [{w}]"),
    ("Account", "buyer@example.com • {w}"),
    ("Account", "buyer@example.com & {w}"),
    ("Account", "buyer@example.com\n{w}"),
    ("Account", "{w}:buyer@example.com"),
    ("Account", "{w} | buyer@example.com"),
    ("Account", "demo77:{w}"),
    ("Login", "demo77 / {w}"),
    ("Login", "demo77:{m}"),
    ("Payment Method", "{s - }"),
    ("Card Number", "{s/}"),
    ("Order Payment", "{c}"),
    ("Verification", "{n}"),
    ("TAN", "{n}"),
    ("Proxy", "proxyhost:8080:{m}:{w}"),
    ("Proxy", "gw.example.net:8080:{m}"),
    ("Proxy", "gw.example.net - 8080 - {m} - {w}"),
    ("Proxy", "gw.example.net:8080\n{m}\n{w}"),
    ("Proxy List", "gw.example.net:8080\n{m}:{w}"),
    ("Proxy Details", "{m}:{w}@proxyhost:8080"),
];

/// What may stand between the groups of a card, and between the words of a wallet.
const SEPARATORS: [&str; 10] = [" - ", "–", "‑", "/", "_", "   ", "|", ",", "\n", ": "];

/// Parameters of links that open something.
pub(crate) const PARAMETERS: [&str; 31] = [
    "access_token",
    "api_key",
    "apikey",
    "auth_token",
    "id_token",
    "refresh_token",
    "token",
    "key",
    "session",
    "session_id",
    "sessionid",
    "sid",
    "jwt",
    "sig",
    "signature",
    "code",
    "authkey",
    "auth",
    "password",
    "secret",
    "X-Amz-Signature",
    "access%5Ftoken",
    "sess",
    "passcode",
    "one_time_code",
    "csrf",
    "oauth_verifier",
    "code_verifier",
    "SAMLResponse",
    "token[]",
    "user[token]",
];

/// What is hidden in one text.
#[derive(Debug, Clone)]
pub(crate) struct Marks {
    words: [String; 2],
    plain: String,
    card: String,
    code: String,
    long_code: String,
    expiry: String,
    phrase: Vec<&'static str>,
}

impl Marks {
    pub(crate) fn new(random: &mut Random) -> Self {
        Self {
            words: [word(random), word(random)],
            plain: format!("zq{}", letters(random, 9)),
            card: card(random),
            code: digits(random, 3),
            long_code: digits(random, 6),
            expiry: format!("{:02}/{}", random.between(1, 12), random.between(27, 39)),
            phrase: std::iter::repeat_with(|| random.pick(&WORDS).unwrap()).take(12).collect(),
        }
    }

    /// A text with its secrets, and what may not be left of it.
    pub(crate) fn fill(&self, text: &str) -> (String, Vec<String>) {
        let phrase = self.phrase.join(" ");
        let token = format!("eyJhbGciOi.{}.{}", self.words[0], self.words[1]);
        let bot =
            format!("MTI5{0}{0}.{1}.{0}{0}{0}", &self.words[0], letters_of(&self.words[1], 0, 6));
        let parts = [
            ("{w}", self.words[0].as_str()),
            ("{v}", &self.words[1]),
            ("{m}", &self.plain),
            ("{c}", &self.card),
            ("{s}", &grouped(&self.card, " ")),
            ("{d}", &grouped(&self.card, "-")),
            ("{k}", &self.code),
            ("{n}", &self.long_code),
            ("{e}", &self.expiry),
            ("{x}", &self.expiry.replace('/', "")),
            ("{p}", &phrase),
            ("{j}", &token),
            ("{b}", &bot),
        ];
        let mut filled = text.to_owned();
        let mut hidden = Vec::new();
        for (name, part) in parts {
            if filled.contains(name) {
                filled = filled.replace(name, part);
                hidden.push(self.marker(name, part));
            }
        }
        for mark in SEPARATORS {
            let (name, words) = (format!("{{s{mark}}}"), |letter| format!("{{{letter}{mark}}}"));
            if filled.contains(&name) {
                filled = filled.replace(&name, &grouped(&self.card, mark));
                hidden.push(self.card.clone());
            }
            let capital = |word: &&str| {
                let (first, rest) = word.split_at(1);
                format!("{}{rest}", first.to_uppercase())
            };
            let capitals: Vec<String> = self.phrase.iter().map(capital).collect();
            for (name, phrase) in
                [(words('p'), self.phrase.join(mark)), (words('P'), capitals.join(mark))]
            {
                if filled.contains(&name) {
                    filled = filled.replace(&name, &phrase);
                    hidden.push(self.phrase[3..7].join(if mark == "\n" { "\\n" } else { "" }));
                }
            }
        }
        (filled, hidden)
    }

    fn marker(&self, name: &str, part: &str) -> String {
        match name {
            "{s}" | "{d}" => self.card.clone(),
            "{p}" => self.phrase[3..7].join(" "),
            "{j}" | "{b}" => self.words[0].clone(),
            _ => part.to_owned(),
        }
    }

    /// A value for a label.
    pub(crate) fn value(&self, value: Value, random: &mut Random) -> (String, Vec<String>) {
        let wrong = |card: &str| {
            let last = card.bytes().last().unwrap_or(b'0') - b'0';
            format!("{}{}", letters_of(card, 0, 15), (last + 3) % 10)
        };
        match value {
            Value::Code => self.fill("{k}"),
            Value::LongCode => self.fill("{n}"),
            Value::Card if random.percent(30) => {
                let card = wrong(&self.card);
                (grouped(&card, " "), vec![card])
            }
            Value::Card => self.fill(random.pick(&["{c}", "{s}", "{d}"]).unwrap()),
            Value::Expiry => self.fill("{e}"),
            Value::Word => self.fill("{w}"),
            Value::PlainWord => self.fill("{m}"),
            Value::Cookies => self.fill("sid={w}; cf={v}; Path=/"),
            Value::Codes => self.fill("{w}\n{v}\n{w}"),
            Value::Phrase => self.fill("{p}"),
        }
    }
}

fn letters(random: &mut Random, count: usize) -> String {
    let letters: Vec<char> = ('a'..='z').collect();
    std::iter::repeat_with(|| random.pick(&letters).unwrap()).take(count).collect()
}

fn digits(random: &mut Random, count: usize) -> String {
    std::iter::repeat_with(|| random.pick(&['3', '4', '5', '6', '7', '8', '9']).unwrap())
        .take(count)
        .collect()
}

/// Letters and digits, of which some are always there.
fn word(random: &mut Random) -> String {
    // Some begin like a word that may stand between a label and its value.
    let begin =
        random.pick(&["", "", "", "", "no", "nr", "id", "code", "value", "key", "is"]).unwrap();
    format!("{begin}{}{}K{}", letters(random, 4), digits(random, 2), letters(random, 5))
}

/// A number of a bank's range with its check digit.
fn card(random: &mut Random) -> String {
    let head = random.pick(&["4", "51", "55", "6011", "2202", "5018"]).unwrap();
    let body = format!("{head}{}", digits(random, 15 - head.len()));
    let sum: u32 = body
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .enumerate()
        .map(|(at, digit)| if at % 2 == 0 { digit * 2 / 10 + digit * 2 % 10 } else { digit })
        .sum();
    format!("{body}{}", (10 - sum % 10) % 10)
}

fn letters_of(text: &str, from: usize, to: usize) -> &str {
    text.get(from..to).expect("ASCII")
}

fn grouped(card: &str, mark: &str) -> String {
    let parts: Vec<&str> = [0, 4, 8, 12].iter().map(|at| letters_of(card, *at, *at + 4)).collect();
    parts.join(mark)
}

const WORDS: [&str; 24] = [
    "apple", "river", "stone", "cloud", "tiger", "ocean", "maple", "candle", "forest", "garden",
    "window", "silver", "velvet", "puzzle", "rocket", "copper", "meadow", "anchor", "lemon",
    "saddle", "tunnel", "walnut", "zebra", "piano",
];
