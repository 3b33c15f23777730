//! Dutch words for the choices of the domain.

use naast_core::content::{About, Phase, Tone};
use naast_core::hints::Hint;
use naast_core::records::{Helper, Idea, Symbol, Went};
use naast_core::route::{MorePage, Place};
use naast_core::settings::{Address, Role, Theme};

/// A choice that has a word on the screen.
pub trait Words {
    /// The word or few words.
    fn words(&self) -> &'static str;
}

macro_rules! words {
    ($type:ty { $($value:ident => $text:literal),* $(,)? }) => {
        impl Words for $type {
            fn words(&self) -> &'static str {
                match self {
                    $(Self::$value => $text,)*
                }
            }
        }
    };
}

words!(Phase {
    Acquaintance => "Kennismaken",
    EveryVisit => "Elke keer",
    Strengths => "Kracht zoeken",
    Worries => "Zorgen en details",
    Wishes => "Wensen",
    Choices => "Keuzes en stappen",
    Closing => "Gesprek afronden",
    Farewell => "Afscheid",
});

words!(About {
    Child => "over het kind",
    Parent => "over de ouder",
    Network => "over mensen om hen heen",
    Cooperation => "over hoe jullie samenwerken",
});

words!(Address {
    Je => "Met je",
    U => "Met u",
});

words!(Tone {
    Light => "licht",
    Confronting => "vraagt vertrouwen",
});

words!(Went {
    Open => "nog niet besproken",
    Done => "gelukt",
    Partly => "een beetje gelukt",
    NotYet => "nog niet gelukt",
    NotNeeded => "niet meer nodig",
});

words!(Idea {
    Parent => "van de ouder",
    Together => "van ons samen",
    Worker => "van mij",
});

words!(Helper {
    Parents => "de ouders zelf",
    Network => "iemand dichtbij",
    OtherParents => "andere ouders",
    Professional => "een beroepskracht, als de ouder dat vraagt",
});

words!(Hint {
    CitizenNumber => "een burgerservicenummer",
    Telephone => "een telefoonnummer",
    Postcode => "een postcode",
    Email => "een e-mailadres",
    Account => "een rekeningnummer",
    Date => "een volledige datum",
});

words!(Role {
    Volunteer => "Vrijwilliger",
    Professional => "Beroepskracht",
    Student => "Student of stagiair",
});

words!(Theme {
    System => "Zoals mijn telefoon",
    Light => "Licht",
    Dark => "Donker",
});

words!(Place {
    Today => "Vandaag",
    Attitude => "Houding",
    Questions => "Vragen",
    Families => "Gezinnen",
    More => "Meer",
});

words!(MorePage {
    Practice => "Wat ik oefen",
    Settings => "Instellingen",
    Coordinator => "Je coördinator",
    Vault => "Je kluis",
    Recovery => "Herstelblad",
    Export => "Meenemen en bewaren",
    Backup => "Reservekopie",
    Transfer => "Naar een andere telefoon",
    Storage => "Ruimte op dit toestel",
    Erase => "Alles wissen",
    Privacy => "Privacy",
    About => "Over Naast",
    Sources => "Bronnen",
    Licences => "Licenties",
});

words!(Symbol {
    House => "Huis",
    Tree => "Boom",
    Bird => "Vogel",
    Boat => "Boot",
    Star => "Ster",
    Cup => "Kopje",
    Leaf => "Blad",
    Moon => "Maan",
    Fish => "Vis",
    Key => "Sleutel",
    Kite => "Vlieger",
    Cloud => "Wolk",
});
