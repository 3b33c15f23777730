//! What people choose first.

/// Rows of keys, in the order of the keyboard.
pub(super) const ROWS: [&str; 7] =
    ["qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "azertyuiop", "qsdfghjklm", "1qaz2wsx3edc4rfv"];

/// Passwords and words that guessers try first, the most used first: Dutch and English, in lower case. It
/// includes the short words of every sentence, so that a sentence does not count as a choice of words. It is one
/// text with single spaces, which takes half the space of an array.
pub(super) const COMMON: &str = "\
    de het een en ik je is van in op te dat die niet wat met voor mijn the a i you and of to \
    my we zijn er maar om ook als aan naar bij nog wel geen dan door over uit hij zij ze jij \
    mij jou jouw heb hebben ben heel hou houd love password wachtwoord welkom welcome geheim \
    secret admin letmein login hallo hello hoi test vakantie zomer winter lente herfst \
    summer spring autumn januari februari maart april mei juni juli augustus september \
    oktober november december maandag dinsdag woensdag donderdag vrijdag zaterdag zondag \
    mama papa oma opa mam pap moeder vader kind kinderen baby gezin familie schat schatje \
    liefde lief liefje lieverd poes hond kat vogel paard voetbal ajax feyenoord psv \
    nederland holland amsterdam rotterdam utrecht denhaag eindhoven groningen belgie \
    vlaanderen monkey dragon princess prinses sunshine zonnetje zon maan ster bloem bloemen \
    football baseball superman batman pokemon master shadow ashley michael daniel jessica \
    charlie iloveyou ikhouvanjou ikhouvanje trustno1 whatever qwerty azerty starwars google \
    facebook whatsapp computer laptop telefoon internet samsung iphone android naast kluis \
    vrijwilliger hulpverlener bezoek thuis huis home werk school sinterklaas kerst kerstmis \
    pasen koffie thee bier kaas chocola lekker mooi goed beste leuk blij groot klein rood \
    blauw groen geel zwart wit roze oranje paars lisa emma julia sanne anna sophie daan sem \
    lucas thomas tim lars jan piet kees peter maria johanna correct horse battery staple \
    correcthorsebatterystaple";
