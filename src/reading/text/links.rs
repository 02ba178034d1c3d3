//! Masked links: where `[text](url)` begins and ends, found in one pass.

/// The markup of all masked links of a text.
#[derive(Debug, Default)]
pub(crate) struct Links {
    /// Ranges of bytes that a person does not see, with the target where one stands there.
    hidden: Vec<Hidden>,
}

#[derive(Debug)]
struct Hidden {
    from: usize,
    to: usize,
    target: Option<(usize, usize)>,
}

impl Links {
    /// Brackets nest (`[[Preorder] Laptop](https://...)`); a target is an absolute link.
    pub(crate) fn find(raw: &str) -> Self {
        if !raw.contains("](") {
            return Self::default();
        }
        let mut open = Vec::new();
        let mut hidden = Vec::new();
        let mut bytes = raw.bytes().enumerate();
        while let Some((at, byte)) = bytes.next() {
            match byte {
                b'\\' => drop(bytes.next()),
                b'[' => open.push(at),
                b']' => {
                    let Some(from) = open.pop() else { continue };
                    let Some((start, end)) = target(raw, at + 1) else { continue };
                    hidden.push(Hidden { from, to: from + 1, target: None });
                    hidden.push(Hidden { from: at, to: end + 1, target: Some((start, end)) });
                    bytes.by_ref().take(end - at).for_each(drop);
                }
                _ => {}
            }
        }
        hidden.sort_unstable_by_key(|hidden| hidden.from);
        Self { hidden }
    }

    /// Where to go on when a link's markup begins at this byte.
    pub(crate) fn jump(&self, at: usize) -> Option<usize> {
        let index = self.hidden.binary_search_by_key(&at, |hidden| hidden.from).ok()?;
        self.hidden.get(index).map(|hidden| hidden.to)
    }

    /// The target of the first link, without `<` and `>`.
    pub(crate) fn first_target<'t>(&self, raw: &'t str) -> Option<&'t str> {
        self.targets(raw).next()
    }

    /// The targets of all links.
    pub(crate) fn targets<'t>(&self, raw: &'t str) -> impl Iterator<Item = &'t str> {
        let targets = self.hidden.iter().filter_map(|hidden| hidden.target);
        targets.filter_map(|(from, to)| Some(raw.get(from..to)?.trim_matches(['<', '>'])))
    }
}

/// The range of the target when `(https://...)` begins at this byte. Brackets within it may nest.
fn target(raw: &str, at: usize) -> Option<(usize, usize)> {
    let inner = raw.get(at..)?.strip_prefix('(')?;
    let bare = inner.trim_start_matches('<');
    if !(bare.starts_with("http") || bare.starts_with("mailto:") || bare.starts_with("discord:")) {
        return None;
    }
    let mut depth = 0_usize;
    for (offset, byte) in inner.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return Some((at + 1, at + 1 + offset)),
            b')' => depth -= 1,
            b'[' | b']' | b' ' | b'\n' | b'\r' | b'\t' => return None,
            _ => {}
        }
    }
    None
}

/// The first bare link in a plain text.
pub(crate) fn bare(text: &str) -> Option<&str> {
    let from = text.find("https://").or_else(|| text.find("http://"))?;
    let link = text.get(from..)?;
    let end =
        link.find(|character: char| character.is_whitespace() || ")>]|\"`".contains(character));
    Some(link.get(..end.unwrap_or(link.len())).unwrap_or(link))
}

/// A name without the bare link behind it: `Example Lamp https://…`.
pub(crate) fn without_bare(name: &str) -> &str {
    let head = name.find("https://").or_else(|| name.find("http://"));
    let head = head.and_then(|at| name.get(..at)).unwrap_or(name);
    let edge = |mark: char| mark.is_whitespace() || "-–—|:(<[".contains(mark);
    let bare = head.trim_end_matches(edge);
    if head.len() < name.len() && bare.contains(char::is_alphabetic) { bare } else { name }
}

/// The host of a link, without `www.`.
pub(crate) fn host(link: &str) -> Option<&str> {
    let (_, after) = link.split_once("://")?;
    let host = after.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.contains('.').then_some(host)
}

/// Whether a path leads to a product, judged by the words that shops use in it.
pub(crate) fn leads_to_product(link: &str) -> bool {
    const MARKS: [&str; 24] = [
        "/p/",
        "/dp/",
        "/ip/",
        "/products/",
        "/product/",
        "/site/",
        "/item/",
        "/items/",
        "/gp/",
        "/itm/",
        "/t/",
        "/pd/",
        ".product.",
        "/prd/",
        "/pdp/",
        "/goods/",
        "/sku/",
        "/detail/",
        "/produkt/",
        "/produkte/",
        "/produit/",
        "/producto/",
        "/prodotto/",
        "/artikel/",
    ];
    let path = link.split_once("://").and_then(|(_, after)| after.split_once('/'));
    path.is_some_and(|(_, path)| {
        let path = path.split(['?', '#']).next().unwrap_or_default();
        MARKS.iter().any(|mark| link.contains(mark))
            || path.rsplit_once('.').is_some_and(|(_, ending)| ending == "p")
    })
}
