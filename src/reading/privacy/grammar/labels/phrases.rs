//! The words that announce a secret.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::super::look::ascii;
use crate::reading::text::letters::push_folded;

/// What a word announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The number of a card.
    Card,
    /// When it expires.
    Expiry,
    /// A few digits: `CVV`, `OTP`.
    Code,
    /// Digits alone, and the label may stand above other things: `Verification`.
    Digits,
    /// A few digits or any word, and the label is a plain word, too: `PIN`, `Pass`.
    Plain,
    /// A password, of whatever letters.
    Password,
    /// Anything else: a cookie, a token.
    Opaque,
    /// Several lines: recovery codes, a seed phrase.
    List,
    /// Only the name of a field says so: `Webhook`.
    Field,
}

/// In the order in which they are tried. A space stands for any or no separator, `~` in front of a phrase for
/// the beginning of a longer word: `userpassword`.
const PHRASES: [(Kind, &str); 11] = [
    // Longer than words of the other kinds that they begin with.
    (Kind::Opaque, "2fa secret, 2fa key, totp secret, totp key, otp secret, authenticator key"),
    (Kind::Password, "~pass word, ~pass phrase"),
    (
        Kind::List,
        "recovery codes?, recovery phrase, recovery words, recovery key, backup codes?, backup phrase, \
         backup key, seed phrase, seed words, seed, mnemonic phrase, mnemonic, secret phrase, \
         wiederherstellungscodes?, codes? de recuperation, codigos? de recuperacion, codici di recupero",
    ),
    (
        Kind::Expiry,
        "expiration date, expiration, expiry date, expiry, exp date, exp month, exp year, exp, expires, \
         valid thru, valid through, valid until, valid till, good thru, gültig bis, ablaufdatum, verfallsdatum, \
         date d'?expiration, fecha de caducidad, fecha de vencimiento, caducidad, vencimiento, vencimento, \
         validade, data di scadenza, scadenza, vervaldatum, data ważności, son kullanma, utgångsdatum, \
         срок действия, 有効期限, 有效期, 유효기간",
    ),
    (
        Kind::Code,
        "~cvv2?, ~cvc2?, ~ccv, ~cvd, cvn, csc, c v v, c\\.v\\.v\\.?, card code, sec code, 3 digit code, three digit code, guard code, security code, security number, card verification code, \
         card verification value, card verification number, card verification, verification code, \
         verification number, verification pin, verify code, one time code, one time pin, one time passcode, \
         otp code, otp, totp, 2fa code, 2fa, mfa code, mfa, two factor code, two factor, authentication code, \
         authenticator code, auth code, login code, sign in code, access code, sms code, safety code, \
         unlock code, ~passcode, card pin, pin code, sicherheitscode, sicherheitsnummer, prüfnummer, \
         kartenprüfnummer, prüfziffer, einmalcode, code de sécurité, cryptogramme, code de vérification, \
         código de seguridad, código de verificación, código de segurança, código de verificação, \
         codice di sicurezza, codice di verifica, beveiligingscode, verificatiecode, kod zabezpieczający, \
         kod weryfikacyjny, kod bezpieczeństwa, bezpečnostní kód, güvenlik kodu, doğrulama kodu, säkerhetskod, \
         sikkerhetskode, sikkerhedskode, turvakoodi, biztonsági kód, cod de securitate, код безопасности, \
         код подтверждения, код підтвердження, mã bảo mật, mã xác minh, mã otp, セキュリティコード, 認証コード, \
         安全码, 验证码, 安全碼, 驗證碼, 보안코드, 보안 코드, 인증번호, 인증 코드, รหัสยืนยัน",
    ),
    (Kind::Plain, "pin, pass, auth, clave, parola, passe, pw"),
    (
        Kind::Password,
        "security question answer, security answer, secret answer, maiden name, memorable word, \
         memorable information, sicherheitsantwort, geheime antwort, réponse secrète, réponse de sécurité, \
         respuesta secreta, respuesta de seguridad, resposta secreta, resposta de segurança, risposta segreta, \
         risposta di sicurezza, geheim antwoord, one time password, einmalpasswort, ~passwd, ~passwort, ~kennwort, pwd, psw, pswd, pswrd, passwrd, passw, mdp, p/w, p@ss, passkey, \
         mot de passe, contraseña, senha, palavra passe, wachtwoord, hasło, heslo, lösenord, adgangskode, \
         salasana, jelszó, şifre, slaptažodis, lozinka, geslo, passord, mật khẩu, kata sandi, пароль, лозинка, \
         κωδικός πρόσβασης, συνθηματικό, รหัสผ่าน, パスワード, 密码, 密碼, 口令, 비밀번호, पासवर्ड",
    ),
    (
        Kind::Opaque,
        "zugangsdaten, anmeldedaten, credentials?, creds, credenciales, credenciais, credenziali, \
         ~cookies?, クッキー, 쿠키, ~tokens?, トークン, 令牌, 토큰, ~session id, ~session key, ~session data, \
         ~sessid, sessions?, sitzung, sesión, sessão, sessie, сессия, セッション, jwt, sid, bearer, authorization, \
         ~auth key, ~api key, x api key, clé api, clave api, private key, secret key, client secret, access key, \
         encryption key, wallet key, setup key, licen[sc]e key, game key, cd key, ~csrf, ~xsrf, hmac",
    ),
    (
        Kind::Card,
        "~card numbers?, card no, card num, card nr, card #, card details, card info, card data, credit card, \
         debit card, gift card, card, cc number, cc num, cc, ccnum, pan, visa, mastercard, amex, american express, \
         kreditkarte, kartennummer, karte, carte bancaire, carte de crédit, carte, numéro de carte, tarjeta, \
         número de tarjeta, cartão, carta di credito, carta, kaartnummer, kaart, numer karty, karta, kartu, \
         kortnummer, kort, kortti, korttinumero, kártya, kártyaszám, kart, kart numarası, карта, карты, \
         カード番号, カード, 卡号, 卡號, 信用卡, 카드번호, 카드",
    ),
    (
        Kind::Digits,
        "2 step verification, two step verification, two step code, verification, authenticator, confirm code, \
         one time, sms tan, tan, mtan, sms",
    ),
    (Kind::Field, "~webhook, ~share link, ~secret, key, keys, share"),
];

/// All phrases of all kinds.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let kinds: Vec<String> = PHRASES.iter().map(|(_, phrases)| alternatives(phrases)).collect();
    ascii(&kinds.join("|"))
});
/// One label alone, for each kind.
static KINDS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let kinds = PHRASES.iter().map(|(_, phrases)| ascii(&format!("^{}$", alternatives(phrases))));
    kinds.collect()
});

fn alternatives(phrases: &str) -> String {
    let phrases: Vec<String> = phrases.split(", ").map(spelled).collect();
    format!("(?:{})", phrases.join("|"))
}

/// A phrase as a pattern over folded text.
fn spelled(phrase: &str) -> String {
    let bare = phrase.trim_start_matches('~');
    let mut folded = String::new();
    bare.chars().for_each(|letter| push_folded(letter, &mut folded));
    let spaced = folded.replace(' ', "[ _.-]{0,2}");
    match (folded.is_ascii(), bare.len() == phrase.len()) {
        (false, _) => spaced,
        (true, true) => format!(r"(?-u:\b)_*{spaced}(?:_|(?-u:\b))"),
        (true, false) => format!(r"[a-z0-9_]*{spaced}(?:_|(?-u:\b))"),
    }
}

/// The labels in a text, with what they announce.
pub(super) fn labels(text: &str) -> impl Iterator<Item = (Range<usize>, Kind)> {
    LABEL.find_iter(text).filter_map(|found| Some((found.range(), kind_of(found.as_str())?)))
}

fn kind_of(label: &str) -> Option<Kind> {
    let mut kinds = PHRASES.iter().zip(KINDS.iter());
    kinds.find(|(_, words)| words.is_match(label)).map(|((kind, _), _)| *kind)
}

/// All phrases of ASCII as one pattern, to see quickly whether a text may hold one.
pub(in super::super) fn ascii_phrases() -> String {
    let phrases = PHRASES.iter().flat_map(|(_, phrases)| phrases.split(", ")).map(spelled);
    let phrases: Vec<String> = phrases.filter(|phrase| phrase.is_ascii()).collect();
    phrases.join("|").replace("[a-z0-9_]*", "")
}
