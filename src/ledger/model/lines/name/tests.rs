use super::*;

fn likeness(one: &str, other: &str) -> Likeness {
    let ignored = ["target".to_owned()];
    let likeness = Name::of(one, None).compare(&Name::of(other, None), &ignored);
    assert_eq!(likeness, Name::of(other, None).compare(&Name::of(one, None), &ignored));
    likeness
}

#[test]
fn spellings_of_a_name_are_one_name() {
    let name = "Pokémon TCG: Example Sword & Shield – Elite Trainer Box";
    for spelling in [
        "Pokemon TCG Example Sword & Shield - Elite Trainer Box",
        "POKÉMON TCG EXAMPLE SWORD AND SHIELD ELITE TRAINER BOX",
        "Pok&eacute;mon TCG: Example Sword &amp; Shield &ndash; Elite Trainer Box",
        "Pokémon® TCG: “Example” Sword & Shield — Elite Trainer Box™",
        "Target: Pokémon TCG Example Sword & Shield Elite Trainer Box",
        "Pokémon Trading Card Game: Example Sword & Shield ETB",
        "Pokémon TCG: Example Sword & Shield – Elite Trainer Box (6 Packs)",
        "Pokémon TCG: Example Sword & Shield – Elite Trainer Box, pack of 6",
        "Elite Trainer Box - Pokémon TCG: Example Sword & Shield",
        "PokÃ©mon TCG: Example Sword & Shield Elite Trainer Box",
        "Pok?mon TCG: Example Sword & Shields Elite TrainerBox",
    ] {
        assert_eq!(likeness(name, spelling), Likeness::Spelling, "{spelling}");
    }
}

#[test]
fn a_name_that_is_cut_off_is_a_part_of_the_whole() {
    let name = "Example Elite Trainer Box with a rather long name, 9 packs";
    for cut in [
        "Example Elite Trainer Box with a rath...",
        "Example Elite Trainer Box with a rath…",
        "Example Elite Trainer … 9 packs",
        "…Trainer Box with a rather long name, 9 packs",
        "Example Elite Trainer Box wi",
        "Example Elite Trainer Box",
    ] {
        assert!(matches!(likeness(name, cut), Likeness::Contained(_)), "{cut}");
    }
    assert!(matches!(likeness(name, "Example Elite Trophy…"), Likeness::Other(_)));
}

#[test]
fn what_both_have_and_what_differs_makes_another_product() {
    for (one, other) in [
        ("Example Tin (6 Packs)", "Example Tin (3 Packs)"),
        ("Example Console (Black)", "Example Console (White)"),
        ("Example Card 4090", "Example Card 4080"),
        ("Example Shoe - 9.5", "Example Shoe - 10"),
        ("Example Console 5 Slim 1TB", "Example Console 5 Slim 2TB"),
        ("Example Collector Edition Part I", "Example Collector Edition Part II"),
        ("Example Collector Edition Part 1", "Example Collector Edition Part 10"),
    ] {
        assert_eq!(likeness(one, other), Likeness::Variant, "{one}");
    }
    for (one, other) in [
        ("Example Tin Red", "Example Tin Blue"),
        ("Example Box: Surging Sparks", "Example Box: Stellar Crown"),
        ("Console", "Controller"),
        ("Mega Light Box", "Mega Night Box"),
        ("ポケモンカードゲーム", "ポケモンカートゲーム"),
    ] {
        assert!(matches!(likeness(one, other), Likeness::Other(_)), "{one}");
    }
}

#[test]
fn a_number_that_only_one_has_tells_nothing_apart() {
    assert_eq!(likeness("Example PS5 Console", "Example PS5 Console"), Likeness::Spelling);
    let more = likeness("Example Console 5 Slim 825GB", "Example Console 5 Slim");
    assert!(matches!(more, Likeness::Contained(share) if share > 0.5), "{more:?}");
    assert_eq!(likeness("1,000 Piece Puzzle", "1000-piece puzzle"), Likeness::Spelling);
    assert_eq!(likeness("Example Fantasy VII", "Example Fantasy 7"), Likeness::Spelling);
    assert_eq!(likeness("🎁", "🎁"), Likeness::Spelling);
    assert_eq!(likeness("🎁", "🎮"), Likeness::Other(0.0));
}

#[test]
fn a_size_beside_the_name_counts_as_its_part() {
    let shoe = Name::of("Example Shoe", Some("US 9.5"));
    assert_eq!(shoe.compare(&Name::of("Example Shoe 10", None), &[]), Likeness::Variant);
    let with = shoe.compare(&Name::of("Example Shoe 9.5", None), &["9.5".to_owned()]);
    assert_eq!(with, Likeness::Spelling);
}
