//! The routes: every screen as a hash address, and back.
//!
//! A typed enum instead of a router library saves some 50 kB. [`Route::parse`] and the `Display` form are
//! inverses.

use core::fmt;

use crate::bank::OWN_PREFIX;
use crate::records::{ConcernId, FamilyId, Id, OwnQuestionId, VisitId};

/// A screen.
///
/// Ids of principles and questions are kebab-case, as the content check requires; the screen finds out whether
/// they exist.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Route {
    /// Vandaag.
    Today,
    /// Houding: the whole attitude on one screen.
    Attitude,
    /// One principle (`content::Principle::id`).
    Principle(String),
    /// Vragen: the search and the filters.
    Questions,
    /// One question (`content::Question::id`), from the bank or the worker's own.
    Question(String),
    /// The cards, starting at this question if there is one.
    Cards(Option<String>),
    /// Writing an own question.
    NewQuestion,
    /// Changing an own question.
    EditQuestion(OwnQuestionId),
    /// Gezinnen.
    Families,
    /// Adding a family.
    NewFamily,
    /// The archived families.
    Archive,
    /// One family.
    Family(FamilyId),
    /// Changing a family.
    EditFamily(FamilyId),
    /// Deleting a family.
    DeleteFamily(FamilyId),
    /// The course of the contact with a family.
    Course(FamilyId),
    /// Saying farewell to a family.
    Farewell(FamilyId),
    /// Clearing the notes about a family.
    Clear(FamilyId),
    /// Searching the vault.
    Find,
    /// A screen of one visit.
    Visit(FamilyId, VisitId, VisitScreen),
    /// A concern about a family.
    Concern(FamilyId, ConcernId),
    /// Meer.
    More,
    /// A page of Meer.
    MorePage(MorePage),
    /// What a parent sees on the turned phone.
    Together,
    /// Hulp.
    Help,
    /// What to do when worried.
    Worried,
    /// Legal facts.
    Facts,
    /// An address without meaning.
    NotFound,
}

/// A screen of one visit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum VisitScreen {
    /// Voorbereiden.
    Prepare,
    /// Kiezen: choosing questions to take along.
    Choose,
    /// Op bezoek.
    Hold,
    /// Op bezoek, with one card in full (`content::Question::id`).
    Card(String),
    /// A tool to use together (`content::Tool::id`).
    Tool(String),
    /// Words to introduce oneself with.
    Leaflet,
    /// Terugkijken.
    LookBack,
    /// A story without names, for intervision.
    Intervision,
    /// Deleting the visit.
    Delete,
}

/// A page of Meer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MorePage {
    /// Role, form of address, theme, lock.
    Settings,
    /// Name and number of the coordinator.
    Coordinator,
    /// The vault: passphrase, lock.
    Vault,
    /// The words on paper that open the vault.
    Recovery,
    /// Exporting everything readable.
    Export,
    /// Making and restoring a backup.
    Backup,
    /// From phone to phone, with codes on the screen.
    Transfer,
    /// What the worker practises.
    Practice,
    /// What Naast is.
    About,
    /// The sources of the ideas.
    Sources,
    /// Licences.
    Licences,
    /// What stays on the phone and what leaves it.
    Privacy,
    /// The storage in use.
    Storage,
    /// Erasing everything.
    Erase,
}

impl MorePage {
    /// All pages, in the order of the screen.
    pub const ALL: [Self; 14] = [
        Self::Practice,
        Self::Settings,
        Self::Coordinator,
        Self::Vault,
        Self::Recovery,
        Self::Export,
        Self::Backup,
        Self::Transfer,
        Self::Storage,
        Self::Erase,
        Self::Privacy,
        Self::About,
        Self::Sources,
        Self::Licences,
    ];

    fn slug(self) -> &'static str {
        match self {
            Self::Settings => "instellingen",
            Self::Coordinator => "coordinator",
            Self::Vault => "kluis",
            Self::Recovery => "herstelblad",
            Self::Export => "export",
            Self::Backup => "reservekopie",
            Self::Transfer => "overzetten",
            Self::Practice => "oefenen",
            Self::About => "over",
            Self::Sources => "bronnen",
            Self::Licences => "licenties",
            Self::Privacy => "privacy",
            Self::Storage => "opslag",
            Self::Erase => "alles-wissen",
        }
    }
}

/// A place in the bottom bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// Vandaag.
    Today,
    /// Houding.
    Attitude,
    /// Vragen.
    Questions,
    /// Gezinnen.
    Families,
    /// Meer.
    More,
}

impl Place {
    /// All places, in the order of the bottom bar.
    pub const ALL: [Self; 5] = [Self::Today, Self::Attitude, Self::Questions, Self::Families, Self::More];

    /// The first screen of the place.
    #[must_use]
    pub fn route(self) -> Route {
        match self {
            Self::Today => Route::Today,
            Self::Attitude => Route::Attitude,
            Self::Questions => Route::Questions,
            Self::Families => Route::Families,
            Self::More => Route::More,
        }
    }
}

impl Route {
    /// Reads the hash of an address (`#/vragen`, with or without `#`).
    ///
    /// An empty hash is [`Route::Today`]; trailing slashes and percent-encoding are accepted; anything
    /// unknown is [`Route::NotFound`].
    #[must_use]
    pub fn parse(hash: &str) -> Self {
        let path = hash.strip_prefix('#').unwrap_or(hash);
        let Some(path) = path.strip_prefix('/') else {
            return if path.is_empty() { Self::Today } else { Self::NotFound };
        };
        // No address has more than five parts; a sixth shows that there are more.
        let mut parts: [&str; 6] = [""; 6];
        let mut count = 0;
        let path = match decode(path.trim_end_matches('/')) {
            Some(path) => path,
            None => return Self::NotFound,
        };
        for (slot, part) in parts.iter_mut().zip(path.split('/')) {
            *slot = part;
            count += 1;
        }
        Self::of_parts(&parts[..count]).unwrap_or(Self::NotFound)
    }

    fn of_parts(parts: &[&str]) -> Option<Self> {
        Some(match *parts {
            [""] => Self::Today,
            ["houding"] => Self::Attitude,
            ["houding", id] => Self::Principle(slug(id)?),
            ["vragen"] => Self::Questions,
            ["vragen", "kaarten"] => Self::Cards(None),
            ["vragen", "kaarten", id] => Self::Cards(Some(slug(id)?)),
            ["vragen", "eigen", "nieuw"] => Self::NewQuestion,
            ["vragen", "eigen", id] => Self::EditQuestion(OwnQuestionId(Id::parse(id)?)),
            // Without this arm, it would be taken for a question of that name.
            ["vragen", "eigen"] => return None,
            ["vragen", id] => Self::Question(slug(id)?),
            ["gezinnen"] => Self::Families,
            ["gezinnen", "nieuw"] => Self::NewFamily,
            ["gezinnen", "archief"] => Self::Archive,
            ["gezinnen", "zoeken"] => Self::Find,
            ["gezinnen", family, ref rest @ ..] => Self::of_family(FamilyId(Id::parse(family)?), rest)?,
            ["meer"] => Self::More,
            ["meer", page] => Self::MorePage(MorePage::ALL.into_iter().find(|known| known.slug() == page)?),
            ["samen"] => Self::Together,
            ["hulp"] => Self::Help,
            ["hulp", "zorgen"] => Self::Worried,
            ["hulp", "feiten"] => Self::Facts,
            _ => return None,
        })
    }

    fn of_family(family: FamilyId, rest: &[&str]) -> Option<Self> {
        let (visit, screen) = match *rest {
            [] => return Some(Self::Family(family)),
            ["wijzigen"] => return Some(Self::EditFamily(family)),
            ["verwijderen"] => return Some(Self::DeleteFamily(family)),
            ["verloop"] => return Some(Self::Course(family)),
            ["afscheid"] => return Some(Self::Farewell(family)),
            ["opruimen"] => return Some(Self::Clear(family)),
            ["zorg", concern] => return Some(Self::Concern(family, ConcernId(Id::parse(concern)?))),
            [visit, "voorbereiden"] => (visit, VisitScreen::Prepare),
            [visit, "kiezen"] => (visit, VisitScreen::Choose),
            [visit, "op-bezoek"] => (visit, VisitScreen::Hold),
            [visit, "op-bezoek", card] => (visit, VisitScreen::Card(slug(card)?)),
            [visit, "samen", tool] => (visit, VisitScreen::Tool(slug(tool)?)),
            [visit, "voorstellen"] => (visit, VisitScreen::Leaflet),
            [visit, "terugkijken"] => (visit, VisitScreen::LookBack),
            [visit, "intervisie"] => (visit, VisitScreen::Intervision),
            [visit, "verwijderen"] => (visit, VisitScreen::Delete),
            _ => return None,
        };
        Some(Self::Visit(family, VisitId(Id::parse(visit)?), screen))
    }

    /// The place that is marked as current; none for help, which is not in the bar, and for the unknown.
    #[must_use]
    pub fn place(&self) -> Option<Place> {
        match self {
            Self::Today => Some(Place::Today),
            Self::Attitude | Self::Principle(_) => Some(Place::Attitude),
            Self::Questions | Self::Question(_) | Self::Cards(_) | Self::NewQuestion | Self::EditQuestion(_) => {
                Some(Place::Questions)
            }
            Self::Families
            | Self::NewFamily
            | Self::Archive
            | Self::Family(_)
            | Self::EditFamily(_)
            | Self::DeleteFamily(_)
            | Self::Course(_)
            | Self::Farewell(_)
            | Self::Clear(_)
            | Self::Find
            | Self::Visit(..)
            | Self::Concern(..) => Some(Place::Families),
            Self::More | Self::MorePage(_) => Some(Place::More),
            Self::Together | Self::Help | Self::Worried | Self::Facts | Self::NotFound => None,
        }
    }

    /// Whether the screen shows contents of the vault.
    #[must_use]
    pub fn needs_vault(&self) -> bool {
        match self {
            Self::Question(id) | Self::Cards(Some(id)) => id.starts_with(OWN_PREFIX),
            Self::NewQuestion
            | Self::EditQuestion(_)
            | Self::MorePage(
                MorePage::Recovery | MorePage::Export | MorePage::Backup | MorePage::Transfer | MorePage::Practice,
            ) => true,
            _ => self.place() == Some(Place::Families),
        }
    }

    /// The screen to which the link upwards leads; none on the first screen of a place and of help.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        Some(match self {
            Self::Today | Self::Attitude | Self::Questions | Self::Families | Self::More | Self::Help => return None,
            Self::NotFound => Self::Today,
            Self::Principle(_) => Self::Attitude,
            Self::Question(_) | Self::Cards(_) | Self::NewQuestion => Self::Questions,
            Self::EditQuestion(id) => Self::Question(id.question_id()),
            Self::NewFamily | Self::Archive | Self::Find | Self::Family(_) | Self::Together => Self::Families,
            Self::EditFamily(family)
            | Self::DeleteFamily(family)
            | Self::Course(family)
            | Self::Farewell(family)
            | Self::Clear(family)
            | Self::Concern(family, _) => Self::Family(*family),
            Self::Visit(family, visit, VisitScreen::Intervision) => Self::Visit(*family, *visit, VisitScreen::LookBack),
            Self::Visit(family, visit, VisitScreen::Choose | VisitScreen::Leaflet) => {
                Self::Visit(*family, *visit, VisitScreen::Prepare)
            }
            Self::Visit(family, visit, VisitScreen::Card(_) | VisitScreen::Tool(_)) => {
                Self::Visit(*family, *visit, VisitScreen::Hold)
            }
            Self::Visit(family, ..) => Self::Family(*family),
            Self::MorePage(MorePage::Recovery) => Self::MorePage(MorePage::Vault),
            Self::MorePage(_) => Self::More,
            Self::Worried | Self::Facts => Self::Help,
        })
    }
}

impl fmt::Display for Route {
    /// The address, from `#/` on. [`Route::NotFound`] has one too, so that every route can be a link.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("#/")?;
        match self {
            Self::Today => Ok(()),
            Self::Attitude => f.write_str("houding"),
            Self::Principle(id) => write!(f, "houding/{id}"),
            Self::Questions => f.write_str("vragen"),
            Self::Question(id) => write!(f, "vragen/{id}"),
            Self::Cards(None) => f.write_str("vragen/kaarten"),
            Self::Cards(Some(id)) => write!(f, "vragen/kaarten/{id}"),
            Self::NewQuestion => f.write_str("vragen/eigen/nieuw"),
            Self::EditQuestion(id) => write!(f, "vragen/eigen/{id}"),
            Self::Families => f.write_str("gezinnen"),
            Self::NewFamily => f.write_str("gezinnen/nieuw"),
            Self::Archive => f.write_str("gezinnen/archief"),
            Self::Family(family) => write!(f, "gezinnen/{family}"),
            Self::EditFamily(family) => write!(f, "gezinnen/{family}/wijzigen"),
            Self::DeleteFamily(family) => write!(f, "gezinnen/{family}/verwijderen"),
            Self::Course(family) => write!(f, "gezinnen/{family}/verloop"),
            Self::Farewell(family) => write!(f, "gezinnen/{family}/afscheid"),
            Self::Clear(family) => write!(f, "gezinnen/{family}/opruimen"),
            Self::Find => f.write_str("gezinnen/zoeken"),
            Self::Concern(family, concern) => write!(f, "gezinnen/{family}/zorg/{concern}"),
            Self::Visit(family, visit, screen) => {
                write!(f, "gezinnen/{family}/{visit}/")?;
                match screen {
                    VisitScreen::Prepare => f.write_str("voorbereiden"),
                    VisitScreen::Choose => f.write_str("kiezen"),
                    VisitScreen::Hold => f.write_str("op-bezoek"),
                    VisitScreen::Card(id) => write!(f, "op-bezoek/{id}"),
                    VisitScreen::Tool(id) => write!(f, "samen/{id}"),
                    VisitScreen::Leaflet => f.write_str("voorstellen"),
                    VisitScreen::LookBack => f.write_str("terugkijken"),
                    VisitScreen::Intervision => f.write_str("intervisie"),
                    VisitScreen::Delete => f.write_str("verwijderen"),
                }
            }
            Self::More => f.write_str("meer"),
            Self::MorePage(page) => write!(f, "meer/{}", page.slug()),
            Self::Together => f.write_str("samen"),
            Self::Help => f.write_str("hulp"),
            Self::Worried => f.write_str("hulp/zorgen"),
            Self::Facts => f.write_str("hulp/feiten"),
            Self::NotFound => f.write_str("onbekend"),
        }
    }
}

/// An id as the content check allows it.
fn slug(text: &str) -> Option<String> {
    crate::content::is_kebab_case(text).then(|| text.to_owned())
}

/// Decodes percent-encoding; `None` if it is malformed or not UTF-8.
fn decode(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let high = char::from(rest.next()?).to_digit(16)?;
            let low = char::from(rest.next()?).to_digit(16)?;
            bytes.push(u8::try_from(high << 4 | low).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
#[path = "route_tests.rs"]
mod tests;
