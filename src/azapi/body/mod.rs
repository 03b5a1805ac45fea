//! Bodies against their types: which members an object has, the whole body that a block sends, and the walk of it.

mod form;
mod reading;
mod root;

pub(crate) use form::{Discriminator, Form, FormMember, Variants, variants};
pub(crate) use reading::{Purpose, Reading};
pub(crate) use root::{Root, RootSource, StringBody, roots};
