//! The conditions of a filter as SQL, once for every query that takes them.

/// A query (`query`, `query_scalar`, `query_as Row`) of the orders of a guild that match conditions. `$head` ends where
/// the conditions begin, `$tail` comes behind them; its own parameters are numbered from ?10 on. Profiles and products
/// are not among them.
///
/// All but the line of what is open is in the indexes that lists go by.
macro_rules! matching {
    ($query:ident $($row:ident)?, $head:literal, $tail:literal, ($guild:expr, $conditions:expr) $(, $more:expr)* $(,)?) => {{
        let conditions: &$crate::ledger::orders::filter::conditions::Conditions = $conditions;
        let (since, until) = (conditions.since(), conditions.until());
        let line = conditions.line.as_ref();
        let (place, tolerance) =
            (line.map(|line| line.line), line.map(|line| line.tolerance.as_str()));
        sqlx::$query!(
            $($row,)?
            $head
            + r#" orders.guild_id = ?1 AND ordered_at >= ?2 AND ordered_at < ?3
                AND (?4 IS NULL OR store_key IN (SELECT value FROM json_each(?4)))
                AND (?5 IS NULL OR status = ?5)
                AND (?6 IS NULL OR (tracking_number IS NULL) = ?6)
                AND (?7 IS NULL OR channel_id IN (SELECT value FROM json_each(?7)))
                AND (?8 IS NULL OR orders.id IN (
                    SELECT order_id FROM open_lines WHERE guild_id = ?1 AND line = ?8
                        AND (line <> 6 OR gap > (?9 ->> ('$[' || digits || ']')))
                        AND (line <> 2 OR EXISTS (
                            SELECT 1 FROM batches WHERE guild_id = ?1 AND kind = 'received' AND undone_at IS NULL
                        ))
                    UNION ALL
                    SELECT order_id FROM missing_lines WHERE guild_id = ?1 AND line = ?8
                        AND (line = 8 OR lower(coalesce(profile, '')) IN (
                            SELECT profile FROM charged_profiles WHERE guild_id = ?1
                        ))
                )) "#
            + $tail,
            $guild,
            since,
            until,
            conditions.stores,
            conditions.status,
            conditions.untracked,
            conditions.channels,
            place,
            tolerance
            $(, $more)*
        )
    }};
}

pub(crate) use matching;
