INSERT INTO store.actor_verdicts BY NAME FROM staged_verdicts
