//! What a message of components shows, in the place of embeds: text, pictures and links.

use serde::{Deserialize, Serialize};

use super::lenient::Part;
use super::limits::{MAX_COMPONENTS, MAX_TEXT_BYTES, colour, string};
use super::raw_message::RawComponent;

/// Deeper ones are dropped; Discord's own nest four levels deep.
const MAX_DEPTH: usize = 8;

/// A container with its texts, or the components that stand outside of one; below a message with embeds, the
/// buttons that open a link.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Panel {
    /// The bar's colour, 0xRRGGBB.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub colour: Option<u32>,
    /// All text displays in their order, each on a line of its own, with markdown.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// Links of thumbnails and of pictures in galleries.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<String>,
    /// Buttons that open a link.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
}

/// A button that opens a link.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Link {
    /// What stands on it.
    pub label: String,
    /// Where it leads.
    pub url: String,
}

impl Panel {
    /// Whether a person sees nothing of it, as of buttons that only the bot itself answers.
    fn is_empty(&self) -> bool {
        *self == Self { colour: self.colour, ..Self::default() }
    }
}

/// The panels of a message's components. A kind of component that is not known yet counts by what it holds.
pub(super) fn panels(components: Vec<Part<RawComponent<'_>>>) -> Vec<Panel> {
    let mut builder = Builder { done: Vec::new(), open: Panel::default(), left: MAX_COMPONENTS };
    for component in components {
        builder.add(component.0, 0);
    }
    builder.close();
    builder.done
}

struct Builder {
    done: Vec<Panel>,
    open: Panel,
    /// Components that may still be taken.
    left: usize,
}

impl Builder {
    fn add(&mut self, raw: RawComponent<'_>, depth: usize) {
        if self.left == 0 || depth > MAX_DEPTH {
            return;
        }
        self.left -= 1;
        let is_container = raw.kind.number() == Some(CONTAINER) && depth == 0;
        if is_container {
            self.close();
            self.open.colour = colour(&raw.accent_color);
        }
        self.text(&string(raw.content));
        for part in raw.components.0 {
            self.add(part.0, depth + 1);
        }
        let accessory = raw.accessory.0;
        let pictures = raw.items.0.into_iter().map(|item| item.0.media);
        for media in pictures.chain([raw.media, accessory.media]) {
            self.picture(string(media.0.url));
        }
        self.link(string(raw.label), string(raw.url));
        self.link(string(accessory.label), string(accessory.url));
        if is_container {
            self.close();
        }
    }

    fn text(&mut self, text: &str) {
        let room = MAX_TEXT_BYTES.saturating_sub(self.open.text.len() + 1);
        let text = text.get(..text.floor_char_boundary(room)).unwrap_or_default();
        if text.is_empty() {
            return;
        }
        if !self.open.text.is_empty() {
            self.open.text.push('\n');
        }
        self.open.text.push_str(text);
    }

    fn picture(&mut self, url: String) {
        if !url.is_empty() {
            self.open.pictures.push(url);
        }
    }

    fn link(&mut self, label: String, url: String) {
        if !url.is_empty() {
            self.open.links.push(Link { label, url });
        }
    }

    fn close(&mut self) {
        let panel = std::mem::take(&mut self.open);
        if !panel.is_empty() {
            self.done.push(panel);
        }
    }
}

/// `type` of a container.
const CONTAINER: u64 = 17;
