//! Names of made-up people.

use std::collections::BTreeSet;

use rand_xoshiro::Xoshiro256PlusPlus;

use super::stream::pick;

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Brazil,
    Britain,
    Colombia,
    France,
    Germany,
    Greece,
    Japan,
    Lithuania,
    Netherlands,
    Philippines,
    Poland,
    Portugal,
    Spain,
}

impl Origin {
    pub const ALL: [Origin; 13] = [
        Origin::Lithuania,
        Origin::Greece,
        Origin::Poland,
        Origin::Britain,
        Origin::Germany,
        Origin::Spain,
        Origin::France,
        Origin::Portugal,
        Origin::Netherlands,
        Origin::Brazil,
        Origin::Colombia,
        Origin::Japan,
        Origin::Philippines,
    ];
}

/// Women's names, then men's, split by `;`: family names differ by gender in some languages.
struct Names {
    first: [&'static str; 2],
    family: [&'static str; 2],
}

/// A name that nobody has yet; `None` after many draws without one.
pub fn unused(
    rng: &mut Xoshiro256PlusPlus,
    origin: Origin,
    taken: &BTreeSet<String>,
) -> Option<String> {
    let names = names_of(origin);
    (0..1000).find_map(|_| {
        let gender = pick(rng, 2);
        let mut one_of = |names: &'static str| {
            let names: Vec<&str> = names.split(';').collect();
            names[pick(rng, names.len())]
        };
        let name = format!(
            "{} {}",
            one_of(names.first[gender]),
            one_of(names.family[gender])
        );
        (!taken.contains(&name)).then_some(name)
    })
}

fn names_of(origin: Origin) -> Names {
    match origin {
        Origin::Brazil => Names {
            first: [
                "Beatriz;Camila;Júlia;Larissa;Thaís;Conceição",
                "André;Caio;João;Otávio;Rafael;Tiago",
            ],
            family: ["Almeida;Araújo;Gonçalves;Moraes;Simões;Teixeira"; 2],
        },
        Origin::Britain => Names {
            first: [
                "Amelia;Charlotte;Eilidh;Niamh;Priya;Zoë",
                "Callum;Dafydd;George;Imran;Rhys;Theo",
            ],
            family: ["Ashworth;Begum;Campbell;Okafor;Patel;Whitfield"; 2],
        },
        Origin::Colombia => Names {
            first: [
                "Ana María;Catalina;Inés;Luz Marina;Mónica;Sofía;Valentina;Yésica",
                "Andrés;Camilo;Fabián;Hernán;Jorge;Julián;Óscar;Sebastián",
            ],
            family: ["Arango;Cárdenas;Gómez;Londoño;Muñoz;Ospina;Peña;Quintero;Restrepo;Vélez"; 2],
        },
        Origin::France => Names {
            first: [
                "Anaïs;Chloé;Hélène;Léa;Margaux;Zélie",
                "Aurélien;François;Jérôme;Loïc;Rémi;Yanis",
            ],
            family: ["Benoît;Diallo;Garnier;Lefèvre;Marchand;Perrin"; 2],
        },
        Origin::Germany => Names {
            first: [
                "Annika;Frauke;Jördis;Lena;Merve;Ute",
                "Björn;Emre;Jürgen;Lukas;Malte;Sören",
            ],
            family: ["Böhm;Krüger;Lindner;Schäfer;Vogt;Yılmaz"; 2],
        },
        Origin::Greece => Names {
            first: [
                "Αλεξάνδρα;Δήμητρα;Ειρήνη;Κατερίνα",
                "Γιώργος;Κώστας;Νίκος;Σπύρος",
            ],
            family: ["Αντωνίου;Γεωργίου;Δημητρίου;Οικονόμου"; 2],
        },
        Origin::Japan => Names {
            first: [
                "Aoi;Haruka;Keiko;Mei;Sakura;Yūko",
                "Daiki;Haruto;Kenta;Ryō;Shō;Takumi",
            ],
            family: ["Endō;Fujimoto;Itō;Katō;Matsuda;Satō;Yamamoto"; 2],
        },
        Origin::Lithuania => Names {
            first: [
                "Austėja;Dalia;Eglė;Gabija;Jūratė;Rūta;Ugnė;Živilė",
                "Ąžuolas;Dovydas;Gediminas;Jonas;Kęstutis;Mantas;Šarūnas;Tomas",
            ],
            family: [
                "Balčiūnaitė;Jankauskienė;Kazlauskaitė;Mažeikienė;Petrauskaitė;Šimkutė;Vaitkienė;Žukauskaitė",
                "Balčiūnas;Jankauskas;Kazlauskas;Mažeika;Petrauskas;Šimkus;Vaitkus;Žukauskas",
            ],
        },
        Origin::Netherlands => Names {
            first: [
                "Anouk;Fenna;Loïs;Maaike;Noor;Renée;Saskia;Yasmina",
                "Bram;Daan;Jeroen;Mohamed;Pieter;Ruben;Sjoerd;Thijs",
            ],
            family: ["Bakker;de Boer;El Idrissi;Hendriks;van den Berg;van Dijk;Visser;Wijaya"; 2],
        },
        Origin::Philippines => Names {
            first: [
                "Analyn;Bea;Jasmin;Liza;Maria Luz;Rosario;Tala;Yna",
                "Arnel;Benjie;Diego;Emilio;Jayson;Marvin;Paolo;Rommel",
            ],
            family: ["Bautista;Catacutan;Dimaculangan;Lim;Macaraeg;Magsaysay;Pangilinan;Reyes;Salonga;Villanueva";
                2],
        },
        Origin::Poland => Names {
            first: [
                "Agnieszka;Bożena;Grażyna;Kinga;Małgorzata;Zuzanna",
                "Bartłomiej;Grzegorz;Jarosław;Łukasz;Paweł;Wojciech",
            ],
            family: [
                "Dąbrowska;Górska;Kowalczyk;Wiśniewska;Wróbel;Zielińska",
                "Dąbrowski;Górski;Kowalczyk;Wiśniewski;Wróbel;Zieliński",
            ],
        },
        Origin::Portugal => Names {
            first: [
                "Inês;Leonor;Mafalda;Matilde;Núria;Vânia",
                "Duarte;Gonçalo;Luís;Nélson;Rui;Simão",
            ],
            family: ["Antunes;Brandão;Cordeiro;Falcão;Magalhães;Tavares"; 2],
        },
        Origin::Spain => Names {
            first: ["Begoña;Lucía;Nerea;Rocío", "Álvaro;Iker;Íñigo;Pau"],
            family: ["Díaz;Ibáñez;Núñez;Serrano;Zabala"; 2],
        },
    }
}
