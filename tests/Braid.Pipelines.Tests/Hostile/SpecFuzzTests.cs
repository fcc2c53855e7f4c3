using System.Text;
using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;
using Braid.Testing;
using Xunit.Abstractions;

namespace Braid.Pipelines.Tests.Hostile;

/// <summary>Specs come from anybody: what is no spec is refused in words, and what is read is read the same once it is stored.</summary>
public sealed class SpecFuzzTests(ITestOutputHelper output)
{
    private const int rounds = 4000;

    private static readonly string[] specs =
    [
        """
            {"pipeline": {"name": "p", "project": {"name": "default"}}, "description": "d",
             "transform": {"image": "i", "cmd": ["sh"], "stdin": ["true"], "err_cmd": ["sh"], "env": {"A": "1"}, "user": "nobody",
               "secrets": [{"name": "s", "key": "k", "env_var": "V", "mount_path": "/m"}], "accept_return_code": [1, "2"],
               "working_dir": "/", "datum_batching": true},
             "input": {"cross": [
               {"pfs": {"repo": "a", "glob": "/(*)", "trigger": {"size": "1K", "commits": 2, "cron_spec": "", "all": true}}},
               {"union": [{"pfs": {"repo": "b", "glob": "/*", "lazy": true}}, {"pfs": {"repo": "c", "glob": "/", "empty_files": true}}]},
               {"join": [{"pfs": {"repo": "d", "glob": "/(*)", "join_on": "$1", "outer_join": true}}]},
               {"group": [{"pfs": {"repo": "e", "glob": "/(*)", "group_by": "$1"}}]},
               {"cron": {"name": "t", "spec": "@every 1h30m", "start": "2025-01-01T00:00:00Z", "overwrite": true}}]},
             "parallelism_spec": {"constant": "3"}, "resource_limits": {"cpu": 1.5, "memory": "1Gi", "gpu": {"type": "t", "number": 1}},
             "datum_set_spec": {"number": 3, "size_bytes": 4, "per_worker": 5}, "datum_timeout": "1h30m", "job_timeout": "90s",
             "datum_tries": 2, "salt": "s", "autoscaling": true, "reprocess_spec": "every_job", "output_branch": "out",
             "scheduling_spec": {"node_selector": {"a": "b"}, "priority_class_name": "c"}, "pod_spec": "{}", "pod_patch": "[]",
             "tolerations": [{"key": "k", "operator": "EXISTS", "toleration_seconds": 5}], "metadata": {"labels": {"a": "b"}},
             "egress": {"sql_database": {"url": "postgresql://u@h/d", "file_format": {"type": "CSV", "columns": ["c"]},
               "secret": {"name": "s", "key": "k"}}}}
            """,
        """
            {"pipeline": {"name": "p"}, "transform": {"cmd": ["sh"]}, "input": {"atom": {"repo": "a", "glob": "/*"}}, "standby": true,
             "parallelism_spec": {"coefficient": 2.5, "strategy": "CONSTANT"}, "chunk_spec": {"number": "1"}, "cache_size": "1G",
             "resource_limits": {"gpu": 1}, "service": {"internal_port": 80, "external_port": 8080, "annotations": {"a": "b"}}}
            """,
        """
            {"pipeline": {"name": "p"}, "transform": {"cmd": ["sh"]}, "spout": {"overwrite": true, "service": {"internal_port": 80}},
             "inputs": [{"repo": {"name": "a"}, "glob": "/"}]}
            """,
    ];

    [Fact]
    public void A_damaged_text_is_read_or_refused()
    {
        var mutations = Begin();
        foreach (var spec in Rounds())
        {
            ReadAndStore(Encoding.UTF8.GetString(mutations.Damage(Encoding.UTF8.GetBytes(spec))));
        }
    }

    [Fact]
    public void Anything_in_the_place_of_any_field_is_read_or_refused()
    {
        var mutations = Begin();
        var read = 0;
        foreach (var spec in Rounds())
        {
            read += ReadAndStore(mutations.Mutate(spec)) ? 1 : 0;
        }

        output.WriteLine($"{read} of {rounds} were read");
        Assert.InRange(read, rounds / 50, rounds);
    }

    private JsonMutations Begin()
    {
        var seed = Seed.Pick();
        output.WriteLine($"BRAID_SEED={seed}");
        return new(new Random(seed));
    }

    private static IEnumerable<string> Rounds() => Enumerable.Range(0, rounds).Select(i => specs[i % specs.Length]);

    private static bool ReadAndStore(string json)
    {
        Result<PipelineSpec> read;
        try
        {
            read = SpecReader.Read(json);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"thrown over {json}", error);
        }

        if (!read.TryGet(out var spec, out var refused))
        {
            Assert.NotEmpty(refused.Message);
            return false;
        }

        Assert.Equal(spec.Json, SpecReader.ReadStored(spec.Json, spec.UserJson).Json);
        return true;
    }
}
