//! Words of texts that speak of checkouts and are none: notes on a release, help, and sales of the user's own.

use crate::reading::sections::phrases::sense::Sense as S;

pub(crate) const PHRASES: &[(S, &str)] = &[
    (
        S::Talk,
        "changelog, changelogs, change log, release notes, patch notes, update notes, version notes, \
         whats new, bug fixes, bugfixes, hotfix, known issues, faq, setup guide, checkout guide, \
         checkout tips, änderungsprotokoll, versionshinweise, notes de version, notes de mise à jour, \
         notas de la versión, notas da versão, notas de atualização, note di rilascio, \
         informacje o wydaniu, release notities, список изменений, список змін",
    ),
    (
        S::Lead,
        "how to, how do, how does, how can, how we, how i, why, guide to, tips for, tips to, steps to, \
         ways to, tutorial, fixed, fixes, fix for, fixing, bugfix, improved, improves, improvement, \
         improvements, added, adds, adding, reworked, implemented, tweaked, patched, \
         introducing, support for, option to, toggle for, bug where, issue where, issue with, \
         problem with, behoben, verbessert, hinzugefügt, wie man, so bekommst du, corrigé, corrections, \
         amélioré, ajouté, comment obtenir, comment faire, corregido, mejorado, añadido, cómo \
         conseguir, cómo obtener, cómo hacer, corretto, migliorato, aggiunto, come ottenere, come \
         fare, corrigido, melhorado, adicionado, como conseguir, como obter, como fazer, opgelost, \
         verbeterd, toegevoegd, hoe je, naprawiono, poprawiono, dodano, jak zrobić, jak uzyskać, \
         исправлено, добавлено, улучшено, как получить, как сделать, виправлено, додано, як отримати",
    ),
    (
        S::Sale,
        "made a sale, made another sale, have a sale, got a sale, got a new sale, new sale, sale made, \
         sale confirmed, sale complete, sale completed, sale notification, item sold, item has sold, \
         item was sold, item has been sold, items sold, listing sold, you sold, youve sold, you have \
         sold, sold on ebay, sold on stockx, sold on goat, sold on mercari, sold on \
         poshmark, sold on depop, sold on whatnot, sold on vinted, sold on grailed, sold on \
         tcgplayer, sold on facebook, ask accepted, ask matched, ask was accepted, ask has been \
         accepted, ask has been matched, your sale, buyer paid, buyer has paid, payout sent, payout \
         issued, payout complete, payout completed, ship your item, ship your sale, du hast verkauft, \
         sie haben verkauft, artikel verkauft, artikel wurde verkauft, neuer verkauf, verkauft auf, \
         vous avez vendu, article vendu, nouvelle vente, vente confirmée, vente réalisée, has vendido, \
         vendiste, artículo vendido, nueva venta, venta realizada, venta confirmada, hai venduto, \
         articolo venduto, nuova vendita, vendita confermata, você vendeu, item vendido, nova venda, \
         venda realizada, venda confirmada, venda aprovada, je hebt verkocht, artikel verkocht, \
         nieuwe verkoop, sprzedałeś, przedmiot sprzedany, nowa sprzedaż, sprzedano, du har sålt, vara \
         såld, ny försäljning, du har solgt, vare solgt, nyt salg, nytt salg, olet myynyt, tuote \
         myyty, uusi myynti, prodali jste, nový prodej, eladtad, új eladás, ai vândut, articol vândut, \
         vânzare nouă, prodali ste, nova prodaja, pardavėte, naujas pardavimas, satış yaptınız, ürün \
         satıldı, yeni satış, πουλήσατε, νέα πώληση, вы продали, товар продан, новая продажа, ви \
         продали, товар продано, новий продаж, продадохте, нова продажба, anda menjual, barang \
         terjual, penjualan baru, bạn đã bán",
    ),
];

/// The same in scripts that put no spaces between words.
pub(crate) const WITHOUT_SPACES: &[(S, &str)] = &[
    (
        S::Talk,
        "更新日志, 更新日誌, 版本说明, リリースノート, 更新履歴, 릴리스 노트, 업데이트 내역, 패치 노트",
    ),
    (
        S::Sale,
        "已售出, 您已卖出, 您已賣出, 售出成功, 商品が売れ, 売れました, 판매되었습니다, 판매 완료, ขายแล้ว, คุณขายได้",
    ),
];

/// Whether a heading names a version that came out: `Refract v1.31.0 released`.
pub(crate) fn names_release(words: &str) -> bool {
    const RELEASED: [&str; 9] = [
        "released",
        "release",
        "available",
        "update",
        "updated",
        "changelog",
        "notes",
        "hotfix",
        "live",
    ];
    let is_number = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    if !words.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let mut before = "";
    let versioned = words.split(' ').any(|word| {
        let is_version = before == "version" || before.strip_prefix('v').is_some_and(is_number);
        before = word;
        is_version && is_number(word)
    });
    versioned && words.split(' ').any(|word| RELEASED.contains(&word))
}
