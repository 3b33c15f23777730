//! The lock of the device as a key: a passkey that, after a finger, a face or a code, gives a secret
//! (WebAuthn level 3 with the `prf` extension), the same one at every use.
//!
//! There is no server that could check a signature, and none is needed: what opens the vault is the
//! secret, which the device gives to nobody it does not know.

use js_sys::{Array, Object, Reflect, Uint8Array};
use naast_vault::{Device, Entropy};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::objects::{asked, function, object, part};
use super::{random, task};

/// How long the device waits for a finger, in milliseconds.
const PATIENCE: i32 = 60_000;

/// Why the device gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSecret {
    /// Put away, too late, not recognised, or the passkey is gone: browsers do not say which.
    Refused,
    /// The device has a lock, and it gives no secrets; or not the one that is needed.
    Unable,
}

/// Whether the device may have a lock that gives a secret. Some browsers tell only when asked to
/// make one.
pub async fn offered() -> bool {
    let Some(kind) = kind() else { return false };
    let here = asked(&kind, "isUserVerifyingPlatformAuthenticatorAvailable", &JsValue::UNDEFINED).await;
    if !here.is_some_and(|here| here.is_truthy()) {
        return false;
    }
    // What a browser does not know of it does not name.
    let known = asked(&kind, "getClientCapabilities", &JsValue::UNDEFINED).await;
    known.is_none_or(|known| part(&known, "extension:prf") != JsValue::FALSE)
}

/// Whether the browser knows of such locks at all.
#[must_use]
pub fn known() -> bool {
    kind().is_some()
}

/// Makes a passkey and asks it once: its id, and its secret for this salt.
///
/// # Errors
/// [`NoSecret`]; a passkey that gives none is of no use, and the device is told so.
pub async fn make(salt: &[u8; 32]) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), NoSecret> {
    // Many devices give secrets only with a passkey that they list themselves.
    let wanted = object(&[
        ("authenticatorAttachment", "platform".into()),
        ("residentKey", "preferred".into()),
        ("userVerification", "required".into()),
    ]);
    // It is shown in the device's list of passkeys, so it names nobody.
    let name = crate::messages::device_lock::passkey();
    let user = object(&[("id", fresh()), ("name", name.into()), ("displayName", name.into())]);
    let made = credential(
        "create",
        &[
            ("rp", object(&[("name", "Naast".into())])),
            ("user", user),
            ("pubKeyCredParams", [-7, -257].map(signature).into_iter().collect::<Array>().into()),
            ("authenticatorSelection", wanted),
            ("extensions", prf("eval", object(&[("first", bytes(salt))]))),
        ],
    )
    .await?;
    let id = Uint8Array::new(&part(&made, "rawId")).to_vec();
    let asked = match secret(&made) {
        // Some give it only when asked a second time.
        Err(NoSecret::Unable) if part(&given(&made), "enabled").is_truthy() => {
            evaluate(&id, &part(&made, "id"), salt).await
        }
        first => first,
    };
    if asked == Err(NoSecret::Unable) {
        forget(part(&made, "id"));
    }
    asked.map(|secret| (id, secret))
}

async fn evaluate(id: &[u8], text: &JsValue, salt: &[u8; 32]) -> Result<Zeroizing<Vec<u8>>, NoSecret> {
    let salts = Object::new();
    let allowed = Array::new();
    add(&allowed, &salts, id, text, salt);
    get(allowed, salts).await
}

/// Asks whichever of these devices this one is for its secret.
///
/// # Errors
/// [`NoSecret`].
pub async fn ask(devices: &[Device]) -> Result<Zeroizing<Vec<u8>>, NoSecret> {
    let salts = Object::new();
    let allowed = Array::new();
    for device in devices {
        add(&allowed, &salts, device.credential(), &device.credential_text().into(), device.salt());
    }
    get(allowed, salts).await
}

fn add(allowed: &Array, salts: &Object, id: &[u8], text: &JsValue, salt: &[u8; 32]) {
    let inside = Array::of1(&"internal".into());
    allowed.push(&object(&[("type", "public-key".into()), ("id", bytes(id)), ("transports", inside.into())]));
    // A fresh object takes every property.
    let _ = Reflect::set(salts, text, &object(&[("first", bytes(salt))]));
}

async fn get(allowed: Array, salts: Object) -> Result<Zeroizing<Vec<u8>>, NoSecret> {
    let asked = [
        ("allowCredentials", allowed.into()),
        ("userVerification", "required".into()),
        ("extensions", prf("evalByCredential", salts.into())),
    ];
    secret(&credential("get", &asked).await?)
}

/// Tells the device that a passkey is of no use any more, where it can be told.
pub fn forget(text: JsValue) {
    let (Some(kind), Some(window)) = (kind(), super::window()) else { return };
    let host = window.location().hostname().unwrap_or_default();
    task::spawn(async move {
        let which = object(&[("rpId", host.into()), ("credentialId", text)]);
        asked(&kind, "signalUnknownCredential", &which).await;
    });
}

/// Asks for a passkey, or for a new one.
async fn credential(how: &str, parts: &[(&str, JsValue)]) -> Result<JsValue, NoSecret> {
    let inner = object(parts);
    for (name, value) in [("challenge", fresh()), ("timeout", PATIENCE.into())] {
        let _ = Reflect::set(&inner, &name.into(), &value);
    }
    let window = super::window().ok_or(NoSecret::Unable)?;
    let all = part(&window.navigator(), "credentials");
    asked(&all, how, &object(&[("publicKey", inner)])).await.filter(JsValue::is_object).ok_or(NoSecret::Refused)
}

/// The secret that came with a passkey. The browser's own copy is wiped.
fn secret(credential: &JsValue) -> Result<Zeroizing<Vec<u8>>, NoSecret> {
    let first = part(&part(&given(credential), "results"), "first");
    if !first.is_object() {
        return Err(NoSecret::Unable);
    }
    let first = Uint8Array::new(&first);
    let copied = Zeroizing::new(first.to_vec());
    first.fill(0, 0, first.length());
    Ok(copied)
}

/// What the extension says of a passkey.
fn given(credential: &JsValue) -> JsValue {
    let results = function(credential, "getClientExtensionResults").and_then(|ask| ask.call0(credential).ok());
    part(&results.unwrap_or_default(), "prf")
}

/// What knows about such locks; missing where the address is not secure.
fn kind() -> Option<JsValue> {
    Some(part(&js_sys::global(), "PublicKeyCredential")).filter(JsValue::is_function)
}

fn prf(how: &str, what: JsValue) -> JsValue {
    object(&[("prf", object(&[(how, what)]))])
}

/// A kind of signature, by its number at IANA; every device knows one of the two we name.
fn signature(number: i32) -> JsValue {
    object(&[("type", "public-key".into()), ("alg", number.into())])
}

fn bytes(of: &[u8]) -> JsValue {
    Uint8Array::from(of).into()
}

/// Random bytes that nobody looks at again.
fn fresh() -> JsValue {
    let mut fresh = [0; 32];
    random::Platform.fill(&mut fresh);
    bytes(&fresh)
}
