//! Orders that may be what is looked for, compared with what was asked.

use std::cmp::Ordering;

use anyhow::Context;
use serde::Deserialize;

use crate::ledger::Ledger;
use crate::ledger::model::search_words::Words;
use crate::ledger::orders::filter::conditions::Conditions;
use crate::ledger::orders::filter::matching::matching;
use crate::ledger::orders::row::json_of;
use crate::ledger::orders::totals::CurrencyTotal;
use crate::order::Sort;

/// An order that may be meant, in the order of the columns of the query. It hands all of them out as one JSON text,
/// since SQLite and sqlx take more time for a row than a search does.
#[derive(Deserialize)]
pub(super) struct Hit {
    pub(super) id: i64,
    ordered_at: String,
    updated_at: String,
    total_minor: Option<i64>,
    currency: Option<String>,
    /// The products of its lines, each in a line. `None`: no product is looked for.
    products: Option<String>,
    /// What is searched, each in a line. `None`: no word is looked for.
    texts: Option<String>,
}

impl Ledger {
    /// Those of the candidates that match the conditions and hold the words.
    pub(super) async fn hits(
        &self,
        guild: i64,
        candidates: &[i64],
        words: &Words,
        conditions: &Conditions,
    ) -> anyhow::Result<Vec<Hit>> {
        if candidates.is_empty() {
            return Ok(Vec::new());
        }
        let (candidates, has_words) = (json_of(candidates), !words.are_none());
        let has_product = conditions.product.is_some();
        let found = matching!(
            query_scalar,
            r#"SELECT json_group_array(json_array(
                   orders.id, ordered_at, updated_at, total_minor, currency,
                   CASE WHEN ?13 THEN (
                       SELECT group_concat(order_items.product, char(10)) FROM order_items
                       WHERE order_items.order_id = orders.id
                   ) END,
                   -- As order_texts, late_texts and line_texts have them, which fold them for the indexes.
                   CASE WHEN ?12 THEN concat_ws(
                       char(10), order_number, orders.product, email, profile, tracking_number, customer_name,
                       reference_number, group_order_id, notes,
                       -- Few orders have a second line.
                       CASE WHEN EXISTS (
                           SELECT 1 FROM order_items AS second INDEXED BY order_items_several
                           WHERE second.order_id = orders.id AND second.line = 2
                       ) THEN (
                           SELECT group_concat(line_of.product, char(10)) FROM order_items AS line_of
                           WHERE line_of.order_id = orders.id AND line_of.line > 1
                       ) END
                   ) END
               )) AS "hits!: String"
               -- Crossed, so that the candidates are looked up and not looked for.
               FROM json_each(?10) AS candidate CROSS JOIN orders ON orders.id = candidate.value WHERE"#,
            "AND (?11 IS NULL OR profile = ?11 COLLATE NOCASE)",
            (guild, conditions),
            candidates,
            conditions.profile,
            has_words,
            has_product
        );
        let found = found.fetch_one(&self.readers).await.context("look at what was found")?;
        let mut hits: Vec<Hit> = serde_json::from_str(&found).context("read what was found")?;
        hits.retain(|hit| hit.holds(words) && conditions.allow_products(hit.products()));
        Ok(hits)
    }
}

impl Hit {
    fn holds(&self, words: &Words) -> bool {
        self.texts.as_deref().is_none_or(|texts| words.are_in(texts))
    }

    fn products(&self) -> impl Iterator<Item = &str> {
        self.products.iter().flat_map(|products| products.lines())
    }

    /// Which of two comes first.
    pub(super) fn compare(&self, other: &Self, sort: Sort) -> Ordering {
        let times = |one: &Self, other: &Self| {
            (&one.ordered_at, one.id).cmp(&(&other.ordered_at, other.id))
        };
        match sort {
            Sort::Newest => times(other, self),
            Sort::Oldest => times(self, other),
            Sort::Total => (other.total_minor, other.id).cmp(&(self.total_minor, self.id)),
            Sort::Changed => (&other.updated_at, other.id).cmp(&(&self.updated_at, self.id)),
        }
    }

    pub(super) fn currency_total(&self) -> CurrencyTotal {
        CurrencyTotal {
            currency: self.currency.clone(),
            orders: 1,
            total_minor: self.total_minor.unwrap_or(0),
        }
    }
}
