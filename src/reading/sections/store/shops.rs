//! Shops that are known by name: such a name is the store's wherever a heading holds it.

use crate::reading::values::scalar::is_host;

/// Names in small letters and digits alone.
const SHOPS: &str = "amazon target walmart bestbuy costco costcowholesale gamestop pokemoncenter topps samsclub newegg \
    nike snkrs nikesnkrs footlocker kith shopdisney disneystore disney adidas supreme hottopic boxlunch \
    barnesandnoble barnesnoble ebgames argos smyths smythstoys currys johnlewis zavvi mediamarkt saturn otto fnac \
    cdiscount micromania bolcom coolblue euronics lidl aldi homedepot thehomedepot lowes macys kohls sephora ulta \
    ssense endclothing jdsports finishline champssports hibbett shoepalace snipes zalando asos uniqlo lego \
    mattel mattelcreations funko bandai premiumbandai bigbadtoystore entertainmentearth playstation \
    playstationdirect xbox microsoft nintendo sony apple samsung nvidia bhphoto bhphotovideo adorama microcenter \
    crunchyroll ticketmaster axs seatgeek fivebelow dollargeneral michaels walgreens cvs bjs bjswholesale meijer \
    kroger publix academysports dickssportinggoods scheels popmart sanrio toysrus indigo londondrugs canadiantire \
    thesource staples officedepot ikea wayfair etsy ebay mercadolibre liverpool bigw jbhifi kmart myer davidjones \
    harveynorman mightyape lazada shopee rakuten yodobashi biccamera taobao tmall";

/// Words at the end of a name that say in which country the shop sells.
const COUNTRIES: [&str; 26] = [
    "us", "usa", "ca", "canada", "uk", "gb", "au", "nz", "de", "fr", "it", "es", "nl", "be", "at",
    "ch", "ie", "se", "no", "dk", "fi", "pl", "jp", "eu", "mx", "br",
];

/// Whether a name is one of a shop: a known one, with its country behind it or not, or a host.
pub(in crate::reading::sections) fn is_shop(name: &str) -> bool {
    let (words, _) = parted(name);
    let joined = words.concat().to_lowercase().replace(['\'', '’'], "").replace('é', "e");
    SHOPS.split(' ').any(|shop| shop == joined) || is_host(name)
}

/// Whether a name that no list knows has a country behind it as shops have: `Sample Shop CA`.
pub(super) fn has_country(name: &str) -> bool {
    let (words, country) = parted(name);
    let marked = country.is_some_and(|word| word.chars().all(char::is_uppercase));
    let named = words.iter().all(|word| word.starts_with(|mark: char| !mark.is_lowercase()));
    marked && named && words.concat().len() >= 3
}

/// The words of a name, and the country at its end.
fn parted(name: &str) -> (Vec<&str>, Option<&str>) {
    let mut words: Vec<&str> = name
        .split(|mark: char| !(mark.is_alphanumeric() || matches!(mark, '\'' | '’')))
        .filter(|word| !word.is_empty())
        .collect();
    let country = words.pop_if(|last| COUNTRIES.iter().any(|it| last.eq_ignore_ascii_case(it)));
    (words, country)
}
