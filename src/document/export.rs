//! Configuration of other software, kept as it was exported.

use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

/// A value whose meaning is other software's: nothing in it is refused, and the order of fields stays.
///
/// `Debug` shows nothing of it, since such configuration holds secrets of its own.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct Export(pub(crate) Value);

/// An exported object.
#[derive(Clone, Default, PartialEq)]
pub(crate) struct ExportedObject(pub(crate) Map<String, Value>);

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Export(…)")
    }
}

impl fmt::Debug for ExportedObject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl<'de> Deserialize<'de> for Export {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExportVisitor)
    }
}

impl<'de> Deserialize<'de> for ExportedObject {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ExportVisitor;

impl<'de> Visitor<'de> for ExportVisitor {
    type Value = Export;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value as exported")
    }

    fn visit_unit<E: Error>(self) -> Result<Export, E> {
        Ok(Export(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Export, E> {
        Ok(Export(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Export, E> {
        Ok(Export(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Export, E> {
        Ok(Export(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Export, E> {
        Ok(Export(value.into()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Export, E> {
        Ok(Export(text.into()))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Export, E> {
        Ok(Export(text.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Export, A::Error> {
        let mut list = Vec::new();
        while let Some(Export(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Export(list.into()))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Export, A::Error> {
        ObjectVisitor.visit_map(map).map(|object| Export(object.0.into()))
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = ExportedObject;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object as exported")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ExportedObject, A::Error> {
        let mut object = Map::new();
        while let Some(Name(name)) = map.next_key()? {
            if object.contains_key(&name) {
                return Err(Error::custom("this field stands twice in its object"));
            }
            let Export(value) = map.next_value()?;
            object.insert(name, value);
        }
        Ok(ExportedObject(object))
    }
}

/// A field's name. PHP turns names of digits into numbers, and its exports have them unquoted.
struct Name(String);

impl<'de> Deserialize<'de> for Name {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(NameVisitor)
    }
}

struct NameVisitor;

impl Visitor<'_> for NameVisitor {
    type Value = Name;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_bool<E: Error>(self, name: bool) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_i64<E: Error>(self, name: i64) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_u64<E: Error>(self, name: u64) -> Result<Name, E> {
        Ok(Name(name.to_string()))
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Name, E> {
        Ok(Name(name.to_owned()))
    }
}

impl Serialize for Export {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl Serialize for ExportedObject {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
