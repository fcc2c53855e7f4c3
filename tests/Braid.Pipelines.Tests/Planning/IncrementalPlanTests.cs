using System.Text.Json.Nodes;
using Braid.Data.History;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Datums.Trees;
using Braid.Pipelines.Jobs;
using Braid.Pipelines.Planning;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Workers;
using Braid.Primitives;
using Braid.Storage.Trees;
using Braid.Testing;
using Xunit.Abstractions;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Planning;

/// <summary>
/// Random histories of a pipeline: data, code, environment, salt and input change, datums fail and recover, jobs are killed.
/// After each change the plan by difference, the plan of everything and the plain rules must agree, and the output must be
/// what running everything from the beginning would have written.
/// </summary>
public sealed class IncrementalPlanTests(ITestOutputHelper output)
{
    private static readonly string[] repos = ["a", "b", "c"];

    [Fact]
    public async Task Any_history_gives_the_plans_and_the_output_that_the_plain_rules_give()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        var random = new Random(seed);
        for (var history = 0; history < 12; history++)
        {
            await using var world = await OpenAsync();
            await new History(world, random, $"seed {seed}, history {history}").RunAsync(steps: 12);
        }
    }

    private sealed class History(PipelineWorld world, Random random, string name)
    {
        // All of them are looked at after each step, in several ways.
        private const int mostDatums = 1000;

        private readonly List<PlainJob> line = [];
        private JsonObject spec = [];
        private int step;

        public async Task RunAsync(int steps)
        {
            foreach (var repo in repos)
            {
                await world.CreateRepoAsync(repo);
                await world.PutAsync(repo, [.. RandomEdits(6)]);
                if (random.Next(4) == 0)
                {
                    await EmptyAsync(repo);
                }
            }

            spec = Spec("p", "0");
            spec["datumTries"] = 1;
            spec["input"] = RandomInput();
            await world.CreateAsync(spec);
            await CheckAsync();
            for (step = 1; step <= steps; step++)
            {
                await ChangeAsync();
                await CheckAsync();
            }
        }

        private async Task ChangeAsync()
        {
            switch (random.Next(11))
            {
                case 0:
                    spec["transform"]!["stdin"] = new JsonArray($"{random.Next(3)}");
                    await UpdateAsync();
                    break;
                case 1:
                    spec["transform"]!["env"] = new JsonObject { ["A"] = $"{random.Next(3)}" };
                    await UpdateAsync();
                    break;
                case 2:
                    spec["input"] = RandomInput();
                    await UpdateAsync();
                    break;
                case 3:
                    await world.CreateAsync((JsonObject)spec.DeepClone(), update: true, reprocess: true);
                    break;
                case 4:
                    await EmptyAsync(repos[random.Next(repos.Length)]);
                    break;
                default:
                    await world.PutAsync(repos[random.Next(repos.Length)], [.. RandomEdits(random.Next(1, 4))]);
                    break;
            }
        }

        private async Task EmptyAsync(string repo)
        {
            var files = await world.FilesAsync(repo);
            await world.PutAsync(repo, [.. files.Keys.Select(path => (path, (string?)null))]);
        }

        private Task UpdateAsync() => world.CreateAsync((JsonObject)spec.DeepClone(), update: true);

        // Plans the newest job in all ways, runs it, and looks at what came of it.
        private async Task CheckAsync()
        {
            var job = await NewestAsync();
            if (line.Exists(known => known.Set == job.SetId))
            {
                // The repo that changed is none that the pipeline reads.
                return;
            }

            var read = job.ReadSpec();
            var roots = await RootsAsync(job, read);
            var plain = new PlainPlanner(world.Content, read, job.Salt);
            var datums = await plain.DatumsAsync(roots);
            var verdicts = datums.ToDictionary(d => d.Key, d => plain.Decide(d.Key, d.Value, line));
            await ComparePlansAsync(job, read, roots, verdicts);

            var known = datums.ToDictionary(
                d => d.Key,
                d => verdicts[d.Key] ?? new PlainRecord(plain.KeyOf(d.Key, d.Value), DatumState.Unknown, job.SetId, "")
            );
            var kill = random.Next(8) == 0;
            var most = kill ? random.Next(4) : int.MaxValue;
            await FakeWorker.RunAsync(world, lease => Run(lease, known), most);
            var after = await NewestAsync();
            if (kill && !after.JobState.IsTerminal())
            {
                Ok(await world.Jobs.StopAsync(Admin, Ref("p"), $"{job.SetId}", "", default));
            }

            await world.StepJobsAsync();
            await CompareEndAsync(job, datums, known, verdicts);
        }

        private async Task ComparePlansAsync(
            JobRow job,
            PipelineSpec read,
            IReadOnlyList<TreeRoot?> roots,
            Dictionary<Sha256Hash, PlainRecord?> verdicts
        )
        {
            using var hold = world.Content.Hold();
            var byDifference = await world.Host.NewPlanning(1000).PlanAsync(hold, job, read, roots, default);
            var rows = await RowsAsync(job, byDifference);
            var ofAll = await world.Host.NewPlanning(-1).PlanAsync(hold, job, read, roots, default);

            Assert.True(Lines(rows).SequenceEqual(Lines(await RowsAsync(job, ofAll))), $"{At}: what runs");
            Assert.True(byDifference.Tree == ofAll.Tree, $"{At}: what is taken over");
            var run = verdicts.Where(verdict => verdict.Value is null).Select(verdict => verdict.Key).Order();
            Assert.True(run.SequenceEqual(rows.Select(row => row.Id).Order()), $"{At}: verdicts");
            Assert.True(
                byDifference.Skipped == verdicts.Values.Count(verdict => verdict is not null),
                $"{At}: skipped"
            );
            var tree = new DatumTree(world.Content, byDifference.Tree);
            foreach (var (id, verdict) in verdicts.Where(verdict => verdict.Value is not null))
            {
                Assert.True(
                    (await tree.FindAsync(id, default))?.From == verdict?.From,
                    $"{At}: {id} is from another job"
                );
            }
        }

        // Of very many, the first are written while it plans.
        private async Task<IReadOnlyList<DatumRow>> RowsAsync(JobRow job, JobPlan plan) =>
            plan.Rows.Count == plan.Rows.Waiting.Count
                ? plan.Rows.Waiting
                :
                [
                    .. await world.ReadAsync(db =>
                        db.QueryAsync<DatumRow>(DatumRow.Select + " WHERE job_id = @Id", new { job.Id })
                    ),
                    .. plan.Rows.Waiting,
                ];

        private static IEnumerable<string> Lines(IReadOnlyList<DatumRow> rows) =>
            rows.Select(row => $"{row.Id} {row.Key} {row.Reason} {Convert.ToHexString(row.Inputs)}").Order();

        private FakeOutcome Run(DatumLease lease, Dictionary<Sha256Hash, PlainRecord> known)
        {
            var outcome = random.Next(14) switch
            {
                0 => FakeOutcome.Nothing(DatumState.Failed),
                1 => FakeOutcome.Nothing(DatumState.Recovered),
                _ => Written(lease.Datum.Id, lease.Inputs, lease.Spec),
            };
            known[lease.Datum.Id] = known[lease.Datum.Id] with { State = outcome.State };
            return outcome;
        }

        // A function of what the datum reads and of the code, as a program is.
        private static FakeOutcome Written(Sha256Hash id, IReadOnlyList<LeafMatch> inputs, PipelineSpec read)
        {
            var code = $"{read.Transform.Stdin[0]} {string.Join(',', read.Transform.Env)}";
            Input.Leaf[] leaves = [.. read.Input.Leaves];
            // What a datum of a changed reference reads is not looked at again.
            var text = string.Join(
                '\n',
                inputs.Select(m => $"{m.Path} {(leaves[m.Leaf].Reference ? "" : $"{m.Hash}")} {m.JoinOn} {m.GroupBy}")
            );
            return $"{id}"[0] == '0'
                ? FakeOutcome.Nothing(DatumState.Success)
                : FakeOutcome.Wrote(($"/{$"{id}"[..1]}/{id}", $"{code}\n{text}"), ($"/all/{id}/x", code));
        }

        private async Task CompareEndAsync(
            JobRow job,
            Dictionary<Sha256Hash, IReadOnlyList<LeafMatch>> datums,
            Dictionary<Sha256Hash, PlainRecord> known,
            Dictionary<Sha256Hash, PlainRecord?> verdicts
        )
        {
            var ended = await NewestAsync();
            Assert.True(ended.JobState.IsTerminal(), $"{At}: {ended.JobState}");
            Assert.True(!ended.HasRows, $"{At}: rows are left");
            var end = ended.JobState == JobState.Success ? JobEndKind.Success : JobEndKind.Other;
            line.Insert(0, new(job.SetId, end, known));
            var listed = await world.DatumsAsync(
                Ok(await world.Jobs.InspectAsync(Admin, Ref("p"), $"{job.SetId}", false, default))
            );
            Assert.Equal(
                known.Select(d => $"{d.Key} {(verdicts[d.Key] is null ? d.Value.State : DatumState.Skipped)}").Order(),
                listed.Select(datum => $"{datum.Id} {datum.State}").Order()
            );
            if (end == JobEndKind.Success)
            {
                var read = ended.ReadSpec();
                var truth = datums
                    .Where(datum => known[datum.Key].State == DatumState.Success)
                    .SelectMany(datum => Written(datum.Key, datum.Value, read).Files)
                    .Select(file => $"{file.Key} {file.Value}");
                var files = await world.FilesAsync("p");
                Assert.Equal(
                    truth.Order(StringComparer.Ordinal),
                    files.Select(f => $"{f.Key} {f.Value}").Order(StringComparer.Ordinal)
                );
            }
        }

        private string At => $"{name}, step {step}, input {spec["input"]?.ToJsonString()}";

        private async Task<JobRow> NewestAsync()
        {
            var newest = Ok(await world.Jobs.ListAsync(Admin, new() { Pipeline = Ref("p") }, default))[0];
            return await world.ReadAsync(db => JobRows.FindAsync(db, Ref("p"), newest.Set))
                ?? throw new InvalidOperationException("the job is gone");
        }

        private Task<IReadOnlyList<TreeRoot?>> RootsAsync(JobRow job, PipelineSpec read) =>
            world.ReadAsync<IReadOnlyList<TreeRoot?>>(async db =>
            {
                var roots = new TreeRoot?[read.Input.Leaves.Count()];
                foreach (var input in await JobRows.InputsAsync(db, job.Id))
                {
                    roots[input.Leaf] = (await world.Data.Commits.FindAsync(db, input.Commit))?.Root;
                }

                return roots;
            });

        private IEnumerable<(string, string?)> RandomEdits(int count) =>
            Enumerable
                .Range(0, count)
                .Select(_ => (RandomPath(), random.Next(4) == 0 ? null : $"{random.Next(4)}"))
                .DistinctBy(edit => edit.Item1);

        // Names are of a file or of a directory, never of both.
        private string RandomPath() =>
            random.Next(2) == 0
                ? $"/f{random.Next(3)}{random.Next(3)}"
                : $"/d{random.Next(3)}/{random.Next(3)}{random.Next(2)}";

        private JsonObject RandomInput()
        {
            while (true)
            {
                var input = RandomInput(2);
                if (About(input) <= mostDatums)
                {
                    return input;
                }
            }
        }

        // About how many datums an input has: a glob matches eight entries or so.
        private static long About(JsonNode? input)
        {
            var (kind, what) = input!.AsObject().First();
            return kind switch
            {
                "pfs" => $"{what!["glob"]}" == "/" ? 1 : 8,
                "cross" => what!.AsArray().Aggregate(1L, (product, part) => product * About(part)),
                _ => what!.AsArray().Sum(About),
            };
        }

        private JsonObject RandomInput(int depth)
        {
            if (depth == 0 || random.Next(3) == 0)
            {
                return Leaf();
            }

            string kind = ((string[])["cross", "union", "join", "group"])[random.Next(4)];
            if (kind == "union" && random.Next(2) == 0)
            {
                return Overlapping();
            }

            var parts = Enumerable.Range(0, random.Next(1, 4)).Select(_ => (JsonNode)RandomInput(depth - 1));
            return new JsonObject { [kind] = new JsonArray([.. parts]) };
        }

        // Parts that may give the same datum.
        private JsonObject Overlapping()
        {
            var (one, other) = (Leaf(), Leaf());
            (other["pfs"]!["name"], other["pfs"]!["repo"]) = ($"{one["pfs"]!["name"]}", $"{one["pfs"]!["repo"]}");
            JsonNode[] parts =
                random.Next(3) == 0
                    ?
                    [
                        new JsonObject { ["join"] = new JsonArray(one) },
                        new JsonObject { ["group"] = new JsonArray(other) },
                    ]
                    : [one, other];
            return new() { ["union"] = new JsonArray(parts) };
        }

        private int names;

        private JsonObject Leaf()
        {
            string[] globs = ["/*", "/", "/d*", "/**", "/f(*)", "/?(*)", "/d(*)/*", "/*/(?)*", "/(f)*"];
            return new()
            {
                ["pfs"] = new JsonObject
                {
                    ["name"] = $"i{names++}",
                    ["repo"] = repos[random.Next(repos.Length)],
                    ["glob"] = globs[random.Next(globs.Length)],
                    ["joinOn"] = random.Next(4) == 0 ? "" : "$1",
                    ["groupBy"] = random.Next(4) == 0 ? "" : "$1",
                    ["outerJoin"] = random.Next(2) == 0,
                    ["reference"] = random.Next(12) == 0,
                },
            };
        }
    }
}
