//! The labels of the choices of the domain.

use naast_core::content::{About, Face, Phase, Tone};
use naast_core::hints::Hint;
use naast_core::records::{Helper, Idea, Symbol, Went};
use naast_core::route::{MorePage, Place};
use naast_core::settings::{Address, Role, Theme};

use crate::messages;

/// A choice that has a label on the screen.
pub trait Label {
    /// The label: a word or a few.
    fn label(&self) -> &'static str;
}

/// Which message is the label of each value; a value that is left out does not compile.
macro_rules! labels {
    ($type:ident in $section:ident { $($value:ident => $key:ident),* $(,)? }) => {
        impl Label for $type {
            fn label(&self) -> &'static str {
                match self {
                    $(Self::$value => messages::$section::$key(),)*
                }
            }
        }
    };
}

labels!(Phase in phase {
    Acquaintance => acquaintance,
    EveryVisit => every_visit,
    Strengths => strengths,
    Worries => worries,
    Wishes => wishes,
    Choices => choices,
    Closing => closing,
    Farewell => farewell,
});

labels!(About in about {
    Child => child,
    Parent => parent,
    Network => network,
    Cooperation => cooperation,
});

labels!(Address in address {
    Je => je,
    U => u,
});

labels!(Tone in tone {
    Light => light,
    Confronting => confronting,
});

labels!(Face in face {
    Sad => sad,
    Between => between,
    Glad => glad,
});

labels!(Went in went {
    Open => open,
    Done => done,
    Partly => partly,
    NotYet => not_yet,
    NotNeeded => not_needed,
});

labels!(Idea in idea {
    Parent => parent,
    Together => together,
    Worker => worker,
});

labels!(Helper in helper {
    Parents => parents,
    Network => network,
    OtherParents => other_parents,
    Professional => professional,
});

labels!(Hint in hint {
    CitizenNumber => citizen_number,
    Telephone => telephone,
    Postcode => postcode,
    Email => email,
    Account => account,
    Date => date,
});

labels!(Role in role {
    Volunteer => volunteer,
    Professional => professional,
    Student => student,
});

labels!(Theme in theme {
    System => system,
    Light => light,
    Dark => dark,
});

labels!(Place in place {
    Today => today,
    Attitude => attitude,
    Questions => questions,
    Families => families,
    More => more,
});

labels!(MorePage in more_page {
    Practice => practice,
    Settings => settings,
    Coordinator => coordinator,
    Vault => vault,
    Recovery => recovery,
    Export => export,
    Backup => backup,
    Transfer => transfer,
    Storage => storage,
    Erase => erase,
    Privacy => privacy,
    About => about,
    Sources => sources,
    Licences => licences,
});

labels!(Symbol in symbol {
    House => house,
    Tree => tree,
    Bird => bird,
    Boat => boat,
    Star => star,
    Cup => cup,
    Leaf => leaf,
    Moon => moon,
    Fish => fish,
    Key => key,
    Kite => kite,
    Cloud => cloud,
});

/// Minutes after midnight as a time: “14.30 uur”.
#[must_use]
pub fn time_in_words(minutes: u16) -> String {
    crate::messages::clock::time(&naast_core::time::time_with_dot(minutes))
}
