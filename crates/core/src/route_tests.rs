use super::*;
use proptest::prelude::*;

fn any_id() -> impl Strategy<Value = Id> {
    any::<[u8; 12]>().prop_map(Id)
}

/// Ids as the content has them; a question cannot have the name of another route on its level.
fn any_slug() -> impl Strategy<Value = String> {
    "[a-z0-9]{1,8}(-[a-z0-9]{1,8}){0,3}".prop_filter("taken", |slug| !["kaarten", "eigen"].contains(&slug.as_str()))
}

fn any_screen() -> impl Strategy<Value = VisitScreen> {
    prop_oneof![
        Just(VisitScreen::Prepare),
        Just(VisitScreen::Choose),
        Just(VisitScreen::Hold),
        any_slug().prop_map(VisitScreen::Card),
        any_slug().prop_map(VisitScreen::Tool),
        Just(VisitScreen::Leaflet),
        Just(VisitScreen::LookBack),
        Just(VisitScreen::Intervision),
        Just(VisitScreen::Delete),
    ]
}

fn any_route() -> impl Strategy<Value = Route> {
    prop_oneof![
        Just(Route::Today),
        Just(Route::Attitude),
        any_slug().prop_map(Route::Principle),
        Just(Route::Questions),
        any_slug().prop_map(Route::Question),
        proptest::option::of(any_slug()).prop_map(Route::Cards),
        Just(Route::NewQuestion),
        any_id().prop_map(|id| Route::EditQuestion(OwnQuestionId(id))),
        Just(Route::Families),
        Just(Route::NewFamily),
        Just(Route::Archive),
        any_id().prop_map(|id| Route::Family(FamilyId(id))),
        any_id().prop_map(|id| Route::EditFamily(FamilyId(id))),
        any_id().prop_map(|id| Route::DeleteFamily(FamilyId(id))),
        any_id().prop_map(|id| Route::Course(FamilyId(id))),
        any_id().prop_map(|id| Route::Farewell(FamilyId(id))),
        any_id().prop_map(|id| Route::Clear(FamilyId(id))),
        Just(Route::Find),
        (any_id(), any_id(), any_screen()).prop_map(|(family, visit, screen)| Route::Visit(
            FamilyId(family),
            VisitId(visit),
            screen
        )),
        (any_id(), any_id()).prop_map(|(family, concern)| Route::Concern(FamilyId(family), ConcernId(concern))),
        Just(Route::More),
        (0..MorePage::ALL.len()).prop_map(|page| Route::MorePage(MorePage::ALL[page])),
        Just(Route::Together),
        Just(Route::Help),
        Just(Route::Worried),
        Just(Route::Facts),
        Just(Route::NotFound),
    ]
}

const FAMILY: &str = "0102030405060708090a0b0c";
const VISIT: &str = "f0f0f0f0f0f0f0f0f0f0f0f0";

#[test]
fn the_addresses_of_the_screens() {
    let family = FamilyId(Id::parse(FAMILY).unwrap());
    let visit = VisitId(Id::parse(VISIT).unwrap());
    let on_visit = |screen| Route::Visit(family, visit, screen);
    for (address, route) in [
        ("#/", Route::Today),
        ("#/houding", Route::Attitude),
        ("#/houding/third-violin", Route::Principle("third-violin".into())),
        ("#/vragen", Route::Questions),
        ("#/vragen/good-week", Route::Question("good-week".into())),
        ("#/vragen/kaarten", Route::Cards(None)),
        ("#/vragen/kaarten/good-week", Route::Cards(Some("good-week".into()))),
        ("#/vragen/eigen/nieuw", Route::NewQuestion),
        ("#/vragen/eigen/f0f0f0f0f0f0f0f0f0f0f0f0", Route::EditQuestion(OwnQuestionId(visit.0))),
        ("#/gezinnen", Route::Families),
        ("#/gezinnen/nieuw", Route::NewFamily),
        ("#/gezinnen/archief", Route::Archive),
        (&format!("#/gezinnen/{FAMILY}"), Route::Family(family)),
        (&format!("#/gezinnen/{FAMILY}/wijzigen"), Route::EditFamily(family)),
        ("#/gezinnen/zoeken", Route::Find),
        (&format!("#/gezinnen/{FAMILY}/verwijderen"), Route::DeleteFamily(family)),
        (&format!("#/gezinnen/{FAMILY}/verloop"), Route::Course(family)),
        (&format!("#/gezinnen/{FAMILY}/afscheid"), Route::Farewell(family)),
        (&format!("#/gezinnen/{FAMILY}/opruimen"), Route::Clear(family)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/intervisie"), on_visit(VisitScreen::Intervision)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/voorbereiden"), on_visit(VisitScreen::Prepare)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/kiezen"), on_visit(VisitScreen::Choose)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/op-bezoek"), on_visit(VisitScreen::Hold)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/op-bezoek/good-week"), on_visit(VisitScreen::Card("good-week".into()))),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/samen/scale"), on_visit(VisitScreen::Tool("scale".into()))),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/voorstellen"), on_visit(VisitScreen::Leaflet)),
        (&format!("#/gezinnen/{FAMILY}/zorg/{VISIT}"), Route::Concern(family, ConcernId(visit.0))),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/terugkijken"), on_visit(VisitScreen::LookBack)),
        (&format!("#/gezinnen/{FAMILY}/{VISIT}/verwijderen"), on_visit(VisitScreen::Delete)),
        ("#/meer", Route::More),
        ("#/meer/instellingen", Route::MorePage(MorePage::Settings)),
        ("#/meer/coordinator", Route::MorePage(MorePage::Coordinator)),
        ("#/meer/kluis", Route::MorePage(MorePage::Vault)),
        ("#/meer/herstelblad", Route::MorePage(MorePage::Recovery)),
        ("#/meer/export", Route::MorePage(MorePage::Export)),
        ("#/meer/over", Route::MorePage(MorePage::About)),
        ("#/meer/bronnen", Route::MorePage(MorePage::Sources)),
        ("#/meer/licenties", Route::MorePage(MorePage::Licences)),
        ("#/meer/privacy", Route::MorePage(MorePage::Privacy)),
        ("#/meer/opslag", Route::MorePage(MorePage::Storage)),
        ("#/meer/alles-wissen", Route::MorePage(MorePage::Erase)),
        ("#/hulp", Route::Help),
        ("#/hulp/zorgen", Route::Worried),
        ("#/hulp/feiten", Route::Facts),
    ] {
        assert_eq!(Route::parse(address), route, "{address}");
        assert_eq!(route.to_string(), address);
    }
}

#[test]
fn what_a_browser_or_a_person_makes_of_an_address_still_works() {
    for (address, route) in [
        ("", Route::Today),
        ("#", Route::Today),
        ("/", Route::Today),
        ("#/vragen/", Route::Questions),
        ("/vragen//", Route::Questions),
        ("#/vragen%2Fkaarten", Route::Cards(None)),
        ("#/h%6Fuding/third%2dviolin/", Route::Principle("third-violin".into())),
    ] {
        assert_eq!(Route::parse(address), route, "{address}");
    }
}

#[test]
fn anything_else_is_not_found() {
    for address in [
        "#vragen",
        "##/vragen",
        "#/vraag",
        "#//vragen",
        "#/vragen/eigen",
        "#/vragen/Good-Week",
        "#/vragen/good--week",
        "#/vragen/good-week/verder",
        "#/houding/%",
        "#/houding/%zz",
        "#/houding/%ff",
        "#/houding/é",
        "#/gezinnen/1234",
        "#/gezinnen/0102030405060708090A0B0C",
        "#/gezinnen/0102030405060708090a0b0c/f0f0f0f0f0f0f0f0f0f0f0f0",
        "#/gezinnen/0102030405060708090a0b0c/f0f0f0f0f0f0f0f0f0f0f0f0/op-bezoek/good-week/verder",
        "#/meer/nergens",
        "#/hulp/zorgen/nu",
        "javascript:alert(1)",
    ] {
        assert_eq!(Route::parse(address), Route::NotFound, "{address}");
    }
}

#[test]
fn only_what_is_private_needs_the_vault() {
    let needs = |address: &str| Route::parse(address).needs_vault();
    for open in
        ["#/", "#/houding", "#/vragen", "#/vragen/good-week", "#/vragen/kaarten", "#/meer/kluis", "#/hulp", "#/weg"]
    {
        assert!(!needs(open), "{open}");
    }
    let own = "eigen-0102030405060708090a0b0c";
    for private in [
        "#/gezinnen",
        "#/gezinnen/archief",
        "#/vragen/eigen/nieuw",
        "#/meer/export",
        &format!("#/vragen/{own}"),
        &format!("#/vragen/kaarten/{own}"),
        &format!("#/gezinnen/{FAMILY}/{VISIT}/op-bezoek"),
    ] {
        assert!(needs(private), "{private}");
    }
}

#[test]
fn the_way_up_from_a_card_is_through_the_visit_to_the_families() {
    let mut route = Route::parse(&format!("#/gezinnen/{FAMILY}/{VISIT}/op-bezoek/good-week"));
    let mut way = Vec::new();
    while let Some(parent) = route.parent() {
        way.push(parent.to_string());
        route = parent;
    }
    let family = format!("#/gezinnen/{FAMILY}");
    assert_eq!(way, [format!("{family}/{VISIT}/op-bezoek"), family, "#/gezinnen".into()]);
}

proptest! {
    #[test]
    fn every_route_goes_through_its_address(route in any_route()) {
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }

    #[test]
    fn every_way_up_ends_at_a_tab_or_help_within_four_steps(route in any_route()) {
        let mut at = route;
        for _ in 0..4 {
            at = at.parent().unwrap_or(at);
        }
        prop_assert!(at == Route::Help || Place::ALL.iter().any(|place| place.route() == at), "{}", at);
    }

    #[test]
    fn a_tab_is_the_place_of_its_first_screen_and_of_all_below(route in any_route()) {
        if let (Some(place), Some(parent)) = (route.place(), route.parent()) {
            prop_assert_eq!(parent.place(), Some(place));
        }
    }

    #[test]
    fn no_garbage_breaks_it(hash: String) {
        let _ = Route::parse(&hash);
        let _ = Route::parse(&format!("#/{hash}"));
    }

    #[test]
    fn addresses_full_of_slashes_and_percents_do_not_break_it(hash in "#?(/|%|[a-f0-9]{1,3}|vragen|gezinnen|%2f){0,12}") {
        let route = Route::parse(&hash);
        prop_assert_eq!(Route::parse(&route.to_string()), route);
    }
}
