"""The ledger in a notebook: `marimo edit docs/notebooks/ledger.py`, or `marimo run` to read it as a page.

It opens the published file of `STANCEWATCH_HOME` (by default `data/`), or the one that the command line names:
`marimo run docs/notebooks/ledger.py -- --file data/demo/warehouse.published.duckdb`.
"""

import marimo

__generated_with = "0.25.2"
app = marimo.App(width="medium", app_title="Stancewatch: the ledger")


@app.cell
def _():
    import os

    import altair as alt
    import duckdb
    import marimo as mo

    home = os.environ.get("STANCEWATCH_HOME", "data")
    file = mo.cli_args().get("file") or f"{home}/warehouse.published.duckdb"
    ledger = duckdb.connect(str(file), read_only=True)
    ledger.execute("SET TimeZone = 'UTC'")
    sides = alt.Scale(domain=["central", "balanced", "local"], range=["#b5473c", "#8a8a8a", "#2f6f9f"])
    colour = alt.Color("stance:N", scale=sides, title=None, legend=alt.Legend(orient="top"))
    return alt, colour, ledger, mo


@app.cell
def _(ledger, mo):
    articles, statements, sided, first, last = ledger.sql("""
        SELECT
            count(DISTINCT article_id), count(*), count(*) FILTER (stance <> 'none'),
            min(said_on), max(said_on)
        FROM statements
    """).fetchone()
    mo.md(f"""
    # Who should hold power over the NHS?

    {statements:,} statements in {articles:,} articles of {first} to {last}; {sided:,} take a side on central
    versus local control. Every figure below is one SELECT over the documented views.
    """)
    return


@app.cell
def _(ledger, mo):
    changes = ledger.sql("""
        SELECT said_on AS day, actor_name AS who, previous_stance AS before, stance AS now, quote
        FROM stance_history
        WHERE is_shift
        ORDER BY said_at DESC
    """).pl()
    mo.vstack([mo.md("## 1. Who changed sides"), mo.ui.table(changes, selection=None, wrapped_columns=["quote"])])
    return (changes,)


@app.cell
def _(alt, colour, ledger, mo):
    standing = ledger.sql("""
        SELECT replace(actor_type, '_', ' ') AS kind, stance, count(*) AS actors, string_agg(actor_name, ', ') AS who
        FROM actor_positions
        GROUP BY actor_type, stance
    """).pl()
    field = (
        alt.Chart(standing, width=440, title="Actors by kind and present side")
        .mark_bar()
        .encode(
            x=alt.X("actors:Q", axis=alt.Axis(tickMinStep=1)),
            y=alt.Y("kind:N", sort="-x", title=None),
            color=colour,
            tooltip=["kind", "stance", "actors", "who"],
        )
    )
    mo.vstack([mo.md("## 2. Where they stand now"), field])
    return (standing,)


@app.cell
def _(ledger, mo):
    names = ledger.sql("SELECT actor_name FROM actor_positions ORDER BY positions DESC, actor_name").pl()
    chosen = mo.ui.dropdown(names["actor_name"].to_list(), value=names["actor_name"][0], label="Whose timeline?")
    return (chosen,)


@app.cell
def _(alt, chosen, colour, ledger, mo):
    timeline = ledger.execute(
        "SELECT said_at::TIMESTAMP AS said, stance, confidence, publisher, quote, url FROM stance_timeline($1)",
        [chosen.value],
    ).pl()
    points = (
        alt.Chart(timeline, width=520, height=120, title=f"The sides that {chosen.value} took")
        .mark_circle(size=160)
        .encode(
            x=alt.X("said:T", title=None),
            y=alt.Y("stance:N", sort=["local", "balanced", "central"], title=None),
            color=colour,
            href="url:N",
            tooltip=["said", "stance", "publisher", "quote"],
        )
    )
    mo.vstack([mo.md("## 3. One after the other"), chosen, points])
    return (timeline,)


@app.cell
def _(alt, colour, ledger, mo):
    themes = ledger.sql("""
        UNPIVOT (
            SELECT
                label, sum(local)::BIGINT AS local, sum(balanced)::BIGINT AS balanced,
                sum(central)::BIGINT AS central
            FROM theme_trends
            GROUP BY label
        ) ON local, balanced, central INTO NAME stance VALUE statements
    """).pl()
    contested = (
        alt.Chart(themes, width=440, title="Statements with a side, by theme")
        .mark_bar()
        .encode(
            x=alt.X("statements:Q"),
            y=alt.Y("label:N", sort="-x", title=None, axis=alt.Axis(labelLimit=260)),
            color=colour,
            tooltip=["label", "stance", "statements"],
        )
    )
    mo.vstack([mo.md("## 4. What they fight over"), contested])
    return (themes,)


@app.cell
def _(alt, ledger, mo):
    pairs = ledger.sql("""
        SELECT organisation, other_organisation, (agreeing - opposing) / shared_themes AS agreement,
            agreeing, opposing, shared_themes
        FROM agreements
        WHERE shared_themes > 1
    """).pl()
    matrix = (
        alt.Chart(pairs, width=380, height=380, title="Share of themes agreed on, less those opposed on")
        .mark_rect()
        .encode(
            x=alt.X("other_organisation:N", title=None, axis=alt.Axis(labelAngle=-60, labelLimit=220)),
            y=alt.Y("organisation:N", title=None, axis=alt.Axis(labelLimit=220)),
            color=alt.Color(
                "agreement:Q",
                title=None,
                scale=alt.Scale(scheme="redblue", domain=[-1, 1]),
                legend=alt.Legend(orient="top"),
            ),
            tooltip=["organisation", "other_organisation", "agreeing", "opposing", "shared_themes"],
        )
    )
    mo.vstack([mo.md("## 5. Who agrees with whom"), matrix])
    return (pairs,)


if __name__ == "__main__":
    app.run()
