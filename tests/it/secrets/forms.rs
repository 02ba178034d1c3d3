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
pub(crate) const LABELS: [(&str, Value); 10] = [
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
    ("Password, Passwort, Contraseña, Пароль, 密码", Value::PlainWord),
    ("Cookie, Cookies, Set-Cookie, Session Cookie", Value::Cookies),
    ("Recovery Codes, Backup Codes, 2FA Backup Codes", Value::Codes),
    ("Seed Phrase, Recovery Phrase, Mnemonic, Seed, Secret Phrase", Value::Phrase),
    ("Session, Cookie, Auth Token", Value::Word),
];

/// Forms without a label: `{w}` and `{v}` are words, `{m}` small letters, `{c}` a card with a right check
/// digit, `{s}` and `{d}` the same in groups, `{n}` six digits, `{k}` three, `{e}` an expiry, `{p}` a phrase,
/// `{j}` a JSON web token, `{b}` a bot's token.
pub(crate) const TEXTS: [&str; 88] = [
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
];

/// Parameters of links that open something.
pub(crate) const PARAMETERS: [&str; 22] = [
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
    let head = random.pick(&["4", "51", "55", "6011"]).unwrap();
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
