//! The lock of the device as a key: a passkey that gives the same secret at each use, after a fingerprint, a face
//! or a code (WebAuthn level 3, extension `prf`).
//!
//! There is no server to check a signature, and none is needed: the secret opens the vault, and the device gives it
//! to nobody it does not recognise.

use js_sys::{Array, Object, Reflect, Uint8Array};
use naast_vault::{Device, Entropy};
use wasm_bindgen::JsValue;
use zeroize::Zeroizing;

use super::objects::{asked, function, object, part};
use super::{random, task};

/// How long the device waits for the user, in milliseconds.
const PATIENCE: i32 = 60_000;

/// Why the device gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoSecret {
    /// Cancelled, timed out, not recognised, or the passkey is gone: browsers do not say which.
    Refused,
    /// The device lock gives no secrets, or not the one that is needed.
    Unable,
}

/// Whether the device may have a lock that gives secrets. Some browsers only tell when a passkey is created.
pub async fn offered() -> bool {
    let Some(kind) = kind() else { return false };
    let here = asked(&kind, "isUserVerifyingPlatformAuthenticatorAvailable", &JsValue::UNDEFINED).await;
    if !here.is_some_and(|here| here.is_truthy()) {
        return false;
    }
    // A browser leaves out capabilities that it does not know.
    let known = asked(&kind, "getClientCapabilities", &JsValue::UNDEFINED).await;
    known.is_none_or(|known| part(&known, "extension:prf") != JsValue::FALSE)
}

/// Whether the browser supports passkeys.
#[must_use]
pub fn known() -> bool {
    kind().is_some()
}

/// Creates a passkey and asks for its secret: returns its id, and the secret for this salt. The device shows `name`
/// in its list of passkeys.
///
/// # Errors
/// [`NoSecret`]; a passkey that gives no secret is reported to the device as unused.
pub async fn make(name: &str, salt: &[u8; 32]) -> Result<(Vec<u8>, Zeroizing<Vec<u8>>), NoSecret> {
    // Many devices give secrets only with a discoverable passkey.
    let wanted = object(&[
        ("authenticatorAttachment", "platform".into()),
        ("residentKey", "preferred".into()),
        ("userVerification", "required".into()),
    ]);
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
        // Some devices give the secret only on the second request.
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

/// Asks this device for the secret of whichever of `devices` it is.
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
    // Setting a property of a new object does not fail.
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

/// Reports a passkey as unused, where the browser can.
pub fn forget(text: JsValue) {
    let (Some(kind), Some(window)) = (kind(), super::window()) else { return };
    let host = window.location().hostname().unwrap_or_default();
    task::spawn(async move {
        let which = object(&[("rpId", host.into()), ("credentialId", text)]);
        asked(&kind, "signalUnknownCredential", &which).await;
    });
}

/// Requests or creates a passkey.
async fn credential(how: &str, parts: &[(&str, JsValue)]) -> Result<JsValue, NoSecret> {
    let inner = object(parts);
    for (name, value) in [("challenge", fresh()), ("timeout", PATIENCE.into())] {
        let _ = Reflect::set(&inner, &name.into(), &value);
    }
    let window = super::window().ok_or(NoSecret::Unable)?;
    let all = part(&window.navigator(), "credentials");
    asked(&all, how, &object(&[("publicKey", inner)])).await.filter(JsValue::is_object).ok_or(NoSecret::Refused)
}

/// The secret of a response. The browser's own copy is wiped.
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

/// The result of the extension.
fn given(credential: &JsValue) -> JsValue {
    let results = function(credential, "getClientExtensionResults").and_then(|ask| ask.call0(credential).ok());
    part(&results.unwrap_or_default(), "prf")
}

/// The credentials API; `None` where the address is not secure.
fn kind() -> Option<JsValue> {
    Some(part(&js_sys::global(), "PublicKeyCredential")).filter(JsValue::is_function)
}

fn prf(how: &str, what: JsValue) -> JsValue {
    object(&[("prf", object(&[(how, what)]))])
}

/// A signature algorithm by its COSE number; every device knows one of these two.
fn signature(number: i32) -> JsValue {
    object(&[("type", "public-key".into()), ("alg", number.into())])
}

fn bytes(of: &[u8]) -> JsValue {
    Uint8Array::from(of).into()
}

/// Random bytes that are never checked.
fn fresh() -> JsValue {
    let mut fresh = [0; 32];
    random::Platform.fill(&mut fresh);
    bytes(&fresh)
}
