using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;
using Braid.Primitives;

namespace Braid.Pipelines.Tests.Specs;

public sealed class SpecReaderTests
{
    private const string transform = """ "transform": {"cmd": ["sh"]} """;
    private const string images = """ {"pfs": {"repo": "images", "glob": "/*"}} """;

    [Fact]
    public void Snake_and_camel_case_are_read_and_defaults_filled_in()
    {
        var spec = Read(
            """
            {"pipeline": {"name": "edges"},
             "transform": {"cmd": ["python3", "/edges.py"], "err_cmd": ["true"], "acceptReturnCode": ["3", 4]},
             "input": {"pfs": {"repo": "images", "glob": "/*", "empty_files": true}},
             "parallelism_spec": {"constant": "2"}, "datum_timeout": "1m30s", "jobTimeout": "5400s"}
            """
        ).Value;

        Assert.Equal(new("default", "edges"), spec.Pipeline);
        Assert.Equal([3, 4], spec.Transform.AcceptReturnCode);
        Assert.Equal("ubuntu:20.04", spec.Transform.Image);
        Assert.Equal(2, spec.Parallelism);
        Assert.Equal(TimeSpan.FromSeconds(90), spec.DatumTimeout);
        Assert.Equal(TimeSpan.FromHours(1.5), spec.JobTimeout);
        Assert.Equal(3, spec.DatumTries);
        Assert.Equal("master", spec.OutputBranch);
        var input = Assert.IsType<Input.Pfs>(spec.Input);
        Assert.Equal(
            ("images", "default", "master", true),
            (input.Name, input.Project, input.Branch, input.EmptyFiles)
        );
    }

    [Fact]
    public void Fields_that_are_only_carried_come_back_as_they_were()
    {
        var spec = Read(
            $$"""
            {"pipeline": {"name": "p"}, {{transform}}, "input": {{images}},
             "metadata": {"labels": {"my_label": "x"} }, "pod_patch": "[]"}
            """
        ).Value;

        Assert.Contains("""metadata":{"labels":{"my_label":"x"}}""", spec.Json);
        Assert.Contains("podPatch", spec.Json);
    }

    [Fact]
    public void What_was_read_once_reads_the_same_again()
    {
        var spec = Read($$"""{"pipeline": {"name": "p"}, {{transform}}, "input": {{images}}}""").Value;

        Assert.Equal(spec.Json, SpecReader.Read(spec.Json).Value.Json);
    }

    [Fact]
    public void Parts_of_a_combination_are_put_in_the_order_of_their_names()
    {
        var spec = Read(
            $$"""
            {"pipeline": {"name": "p"}, {{transform}}, "input": {"cross": [
              {"pfs": {"repo": "zebras", "glob": "/"} }, {"union": [{"pfs": {"repo": "apes", "glob": "/"} }]}]} }
            """
        ).Value;

        Assert.Equal(["apes", "zebras"], spec.Input.Leaves.Select(leaf => leaf.Name));
    }

    [Theory]
    [InlineData("{", "malformed pipeline spec")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("""{"pipelin": {}}""", "unexpected field \"pipelin\" in pps_v2.CreatePipelineRequest")]
    [InlineData("""{"transform": {"comand": []}}""", "unexpected field \"comand\" in pps_v2.Transform")]
    [InlineData("{}", "request.Pipeline.Name cannot be empty")]
    [InlineData("""{"pipeline": {"name": "p"}}""", "pipeline must specify a transform")]
    [InlineData("""{"pipeline": {"name": "p"}, "transform": {}}""", "transform.cmd cannot be empty")]
    [InlineData("""{"pipeline": {"name": "p"}, "tfJob": {}}""", "no matches for kind \"\"")]
    public void A_spec_that_is_wrong_is_refused_with_the_reason(string json, string reason)
    {
        Assert.Contains(reason, Read(json).Error?.Message);
    }

    [Theory]
    [InlineData(""" "service": {}, "spout": {} """, "only one of pipeline.service or pipeline.spout can be set")]
    [InlineData(""" "spout": {} """, "spout pipelines (without a service) must not have an input")]
    [InlineData(""" "spout": {"service": {}}, "autoscaling": true """, "autoscaling can't be used with spouts")]
    [InlineData(""" "service": {}, "s3_out": true """, "s3 output is not supported in spouts or services")]
    [InlineData(
        """ "service": {}, "parallelism_spec": {"constant": 2} """,
        "services can only be run with a constant parallelism of 1"
    )]
    [InlineData(""" "service": {"type": "Ingress"} """, "the following service type Ingress is not allowed")]
    [InlineData(""" "service": {"internal_prot": 1} """, "unexpected field \"internal_prot\" in pps_v2.Service")]
    [InlineData(""" "egress": {} """, "egress must specify a URL")]
    [InlineData(
        """ "egress": {"sql_database": {"url": "postgresql://h/d"}} """,
        "egress.sql_database.secret is required"
    )]
    [InlineData(
        """ "egress": {"sql_database": {"url": "postgresql://h/d", "secret": {"name": "s"}}} """,
        "egress.sql_database.secret.name and egress.sql_database.secret.key are required"
    )]
    [InlineData(
        """ "egress": {"sql_database": {"url": "u", "file_format": {"type": "XML"}}} """,
        "must be one of UNKNOWN, CSV, JSON, PARQUET"
    )]
    [InlineData(""" "pod_spec": "{" """, "malformed PodSpec")]
    [InlineData(""" "pod_patch": "{" """, "malformed PodPatch")]
    [InlineData(""" "reprocess_spec": "never" """, "invalid reprocess_spec \"never\"")]
    [InlineData(""" "datum_timeout": "soon" """, "\"soon\" in datumTimeout is no duration")]
    [InlineData(""" "resource_limits": {"memory": "lots"} """, "\"lots\" in memory is no amount")]
    public void A_part_that_is_wrong_is_refused_with_the_reason(string part, string reason)
    {
        var error = Read($$"""{"pipeline": {"name": "p"}, {{transform}}, "input": {{images}}, {{part}}}""").Error;

        Assert.Contains(reason, error?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_part_that_something_acts_on_is_read()
    {
        var spec = SpecReader.ReadStored(
            $$"""
            {"pipeline": {"name": "p"},
             "transform": {"cmd": ["sh"], "user": "ana", "datum_batching": true, "memory_volume": true,
               "secrets": [{"name": "s", "key": "k", "env_var": "PIN"}, {"name": "t", "mount_path": "/keys"}]},
             "input": {{images}}, "autoscaling": true, "s3_out": true,
             "egress": {"sql_database": {"url": "postgresql://h/d", "file_format": {"type": "CSV", "columns": ["a"]},
               "secret": {"name": "s", "key": "k"} } },
             "resource_requests": {"cpu": 0.5, "memory": "64Mi"},
             "resource_limits": {"memory": "1.5G", "disk": "2Ki", "gpu": {"type": "nvidia.com/gpu", "number": "2"} },
             "datum_set_spec": {"number": "3", "size_bytes": 4, "per_worker": 5},
             "scheduling_spec": {"priority_class_name": "high", "node_selector": {"disk": "ssd"} } }
            """
        );

        Assert.Equal([new("s", "k", "", "PIN"), new("t", "", "/keys", "")], spec.Transform.Secrets);
        Assert.Equal(
            ("ana", true, true),
            (spec.Transform.User, spec.Transform.DatumBatching, spec.Transform.MemoryVolume)
        );
        var egress = Assert.IsType<Egress.SqlDatabase>(spec.Egress);
        Assert.Equal(
            ("postgresql://h/d", SqlFileFormat.Csv, "a", "s", "k"),
            (egress.Url, egress.Format, Assert.Single(egress.Columns), egress.SecretName, egress.SecretKey)
        );
        Assert.Equal((0.5, 64L << 20), (spec.ResourceRequests?.Cpu, spec.ResourceRequests?.MemoryBytes));
        Assert.Equal(
            (1_500_000_000L, 2048L, 2L),
            (spec.ResourceLimits?.MemoryBytes, spec.ResourceLimits?.DiskBytes, spec.ResourceLimits?.Gpus)
        );
        Assert.Equal(new(3, 4, 5), spec.DatumSets);
        Assert.Equal(("high", "ssd"), (spec.PriorityClass, spec.NodeSelector["disk"]));
        Assert.True(spec is { Autoscaling: true, S3Out: true, Kind: PipelineKind.Transform });
    }

    [Theory]
    [InlineData("null", "no input set")]
    [InlineData("""{"pfs": {}, "cross": []}""", "multiple input types set")]
    [InlineData("""{"pfs": {"glob": "/"}}""", "input must specify a repo")]
    [InlineData("""{"pfs": {"repo": "r"}}""", "input must specify a glob")]
    [InlineData(
        """{"pfs": {"repo": "out", "glob": "/"}}""",
        "inputs based on repos named \"out\" must have 'name' set"
    )]
    [InlineData("""{"pfs": {"repo": "r", "name": "out", "glob": "/"}}""", "input cannot be named out")]
    [InlineData("""{"pfs": {"repo": "r", "name": ".env", "glob": "/"}}""", "input cannot be named .env")]
    [InlineData("""{"pfs": {"repo": "r", "glob": "/", "commit": "x"}}""", "input cannot come from a commit")]
    [InlineData("""{"pfs": {"repo": "r", "glob": "/{a"}}""", "glob")]
    [InlineData("""{"pfs": {"repo": "r", "glob": "/*", "s3": true}}""", "cannot specify both 's3' and 'glob'")]
    [InlineData("""{"pfs": {"repo": "r", "glob": "/", "s3": true, "lazy": true}}""", "both 's3' and 'lazy'")]
    [InlineData("""{"pfs": {"repo": "r", "glob": "/", "s3": true, "empty_files": true}}""", "'s3' and 'empty_files'")]
    [InlineData(
        """{"union": [{"pfs": {"repo": "r", "glob": "/", "s3": true}}]}""",
        "S3 inputs in union expressions are not supported"
    )]
    [InlineData(
        """{"pfs": {"repo": "r", "glob": "/", "triger": {}}}""",
        "unexpected field \"triger\" in pps_v2.PFSInput"
    )]
    [InlineData("""{"cron": {"spec": "@daily"}}""", "input must specify a name")]
    [InlineData("""{"cron": {"name": "t", "spec": "now and then"}}""", "error parsing cron-spec")]
    [InlineData("""{"cron": {"name": "t", "spec": "@daily", "start": "noon"}}""", "\"noon\" in start is no time")]
    [InlineData(
        """{"cross": [{"pfs": {"repo": "r", "glob": "/"}}, {"pfs": {"repo": "r", "glob": "/*"}}]}""",
        "name \"r\" was used more than once"
    )]
    public void An_input_that_is_wrong_is_refused_with_the_reason(string input, string reason)
    {
        var error = Read($$"""{"pipeline": {"name": "p"}, {{transform}}, "input": {{input}}}""").Error;

        Assert.Contains(reason, error?.Message);
    }

    [Fact]
    public void A_trigger_moves_a_branch_of_the_pipelines_own()
    {
        var input = Inputs(
            """
            {"cross": [
              {"pfs": {"repo": "r", "name": "a", "glob": "/", "trigger": {"size": "1M"}}},
              {"pfs": {"repo": "r", "name": "b", "glob": "/", "trigger": {"branch": "dev", "commits": "3"}}}]}
            """
        );

        Assert.Equal(["p-trigger-1", "p-trigger-2"], input.Leaves.Select(leaf => leaf.Branch));
        Assert.Equal(
            [("master", 0), ("dev", 3)],
            input.Leaves.OfType<Input.Pfs>().Select(leaf => (leaf.Trigger?.Branch, leaf.Trigger?.Commits ?? 0))
        );
    }

    [Fact]
    public void A_cron_input_is_a_leaf_that_reads_all_ticks_of_a_repo_of_the_pipelines_own()
    {
        var cron = Assert.IsType<Input.Cron>(
            Inputs(
                """{"cron": {"name": "tick", "spec": "@daily", "overwrite": true, "start": "2024-02-29T12:00:00Z"}}"""
            )
        );

        Assert.Equal(("p_tick", "master", "/*"), (cron.Repo, cron.Branch, cron.Glob));
        Assert.Equal(new DateTimeOffset(2024, 2, 29, 12, 0, 0, TimeSpan.Zero), cron.Start);
        Assert.True(cron.Overwrite);
    }

    [Fact]
    public void Parts_of_a_union_may_share_a_name()
    {
        var union = """{"union": [{"pfs": {"repo": "r", "glob": "/a"}}, {"pfs": {"repo": "r", "glob": "/b"}}]}""";

        Assert.True(Read($$"""{"pipeline": {"name": "p"}, {{transform}}, "input": {{union}}}""").IsOk);
    }

    [Fact]
    public void A_name_that_is_too_long_is_refused_with_the_excess()
    {
        var error = Read($$$"""{"pipeline": {"name": "{{{new string('x', 54)}}}"}}""").Error;

        Assert.Contains("is 3 characters longer than the 51 max", error?.Message);
    }

    /// <summary>An input, whether it can be run or not.</summary>
    private static Input Inputs(string input) =>
        SpecReader.ReadStored($$"""{"pipeline": {"name": "p"}, {{transform}}, "input": {{input}}}""").Input;

    private static Result<PipelineSpec> Read(string json) => SpecReader.Read(json);
}
