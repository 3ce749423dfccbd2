//! A roster that people leave and come back to: the move that all rosters are made by, whatever it is that people cover.

use super::dice::Dice;

/// A roster in the making. It always knows what it costs, and what has been changed since [`Live::begin`] can be taken back.
pub trait Live: Clone + Send + Sync {
    /// What one person does.
    type Tour: Clone + PartialEq + Send;
    /// A stretch of time that people give up.
    type Free;
    /// How what cells or slots are worth is shaken.
    type Shake;
    /// Buffers of a worker.
    type Desk: Default;

    /// Moves that a team tries by itself before it is heard.
    const ATTEMPTS: usize;

    /// Tours, and what is covered or not.
    fn cost(&self) -> f64;

    fn tour(&self, person: usize) -> &Self::Tour;

    fn begin(&mut self);

    fn keep(&mut self);

    fn take_back(&mut self);

    /// Gives a person another tour, whether they left before or not.
    fn assign(&mut self, person: usize, tour: Self::Tour);

    /// A person is gone for a while.
    fn leave(&mut self, person: usize, free: &Self::Free);

    /// The best way back for somebody who left, beside those who are there; `None` where the rules leave none.
    fn best(
        &mut self,
        person: usize,
        free: &Self::Free,
        shake: Option<&Self::Shake>,
        desk: &mut Self::Desk,
    ) -> Option<Self::Tour>;

    /// A person who is there takes the best tour beside the others for a while, or keeps their own.
    fn answer(&mut self, person: usize, free: &Self::Free, desk: &mut Self::Desk);

    /// What follows people: called when some have moved.
    fn settle(&mut self) {}

    /// The same everywhere, now and then.
    fn settle_all(&mut self) {}

    /// What is proposed by the roster as it stands is worked out again.
    fn refresh(&mut self) {}

    /// The whole of a person's time.
    fn always(&self, person: usize) -> Self::Free;

    /// Some people of a team and a stretch that they give up together.
    fn draw(&self, team: &[usize], dice: &mut Dice) -> Move<Self::Free, Self::Shake>;
}

/// A few people who leave for a stretch and come back in this order.
#[derive(Debug)]
pub struct Move<F, S> {
    pub people: Vec<usize>,
    pub free: F,
    pub shake: Option<S>,
}

/// Makes a move: at first people come back under shaken prices, so that they do not all return to where they were; then each answers the true ones. Without
/// a shake they come back once. False, and all half done, where somebody finds no way back.
pub fn retake<L: Live>(live: &mut L, change: &Move<L::Free, L::Shake>, desk: &mut L::Desk) -> bool {
    let Move {
        people,
        free,
        shake,
    } = change;
    for &person in people {
        live.leave(person, free);
    }
    let shake = shake.as_ref();
    for &person in people {
        let Some(tour) = live.best(person, free, shake, desk) else {
            return false;
        };
        live.assign(person, tour);
    }
    live.settle();
    if shake.is_some() {
        for &person in people {
            live.answer(person, free, desk);
        }
        live.settle();
    }
    true
}

/// What a find saves that counts.
const LEAST_GAIN: f64 = 1e-6;
/// People who answer between two looks at what the roster proposes.
const ANSWERS: usize = 16;

/// Everybody in `order` takes their best tour given the others'; returns how many found a better one.
pub fn improve_each<L: Live>(live: &mut L, order: &[usize], stop: &dyn Fn() -> bool) -> usize {
    let mut desk = L::Desk::default();
    let mut improved = 0;
    for (turn, &person) in order.iter().enumerate() {
        if stop() {
            break;
        }
        if turn % ANSWERS == 0 {
            live.refresh();
        }
        let before = live.cost();
        live.begin();
        let always = live.always(person);
        live.answer(person, &always, &mut desk);
        live.settle();
        if live.cost() < before - LEAST_GAIN {
            improved += 1;
            live.keep();
        } else {
            live.take_back();
        }
    }
    improved
}

/// Takes tours that were found on another copy, all of them if that raises the cost by less than `most`, otherwise those that save something by themselves.
pub fn merge<L: Live>(live: &mut L, find: Vec<(usize, L::Tour)>, most: f64) {
    let before = live.cost();
    live.begin();
    for (person, tour) in &find {
        live.assign(*person, tour.clone());
    }
    live.settle();
    if live.cost() < before + most {
        live.keep();
        return;
    }
    live.take_back();
    if find.len() == 1 {
        return;
    }
    for (person, tour) in find {
        let before = live.cost();
        live.begin();
        live.assign(person, tour);
        live.settle();
        if live.cost() < before - LEAST_GAIN {
            live.keep();
        } else {
            live.take_back();
        }
    }
}

/// People whose tours differ, with the new ones.
pub fn changed<L: Live>(base: &L, own: &L, team: &[usize]) -> Vec<(usize, L::Tour)> {
    let differs = |person: &&usize| own.tour(**person) != base.tour(**person);
    let new = |&person: &usize| (person, own.tour(person).clone());
    team.iter().filter(differs).map(new).collect()
}
