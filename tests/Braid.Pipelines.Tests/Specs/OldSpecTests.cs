using Braid.Pipelines.Specs;
using Braid.Pipelines.Specs.Reading;

namespace Braid.Pipelines.Tests.Specs;

/// <summary>Specs as Pachyderm 1.x wrote them.</summary>
public sealed class OldSpecTests
{
    private const string least = """ "pipeline": {"name": "p"}, "transform": {"cmd": ["sh"]} """;
    private const string images = """ "input": {"pfs": {"repo": "images", "glob": "/*"}} """;

    [Fact]
    public void An_atom_is_a_pfs_input_also_within_others()
    {
        var spec = Read(
            $$"""
            { {{least}}, "input": {"cross": [
              {"atom": {"repo": "b", "glob": "/", "from_commit": "x"} }, {"pfs": {"repo": "a", "glob": "/"} }]} }
            """
        );

        Assert.Equal(["a", "b"], spec.Input.Leaves.Select(leaf => leaf.Repo));
        Assert.Equal(["input.atom is input.pfs now"], spec.Warnings);
    }

    [Fact]
    public void A_list_of_inputs_is_their_cross()
    {
        var spec = Read(
            $$"""{ {{least}}, "inputs": [{"repo": {"name": "a"}, "glob": "/*", "method": "map"}, {"repo": {"name": "b"} }] }"""
        );

        Assert.IsType<Input.Cross>(spec.Input);
        Assert.Equal([("a", "/*"), ("b", "/")], spec.Input.Leaves.Select(leaf => (leaf.Repo, leaf.Glob)));
    }

    [Theory]
    [InlineData(""" "parallelism_spec": {"coefficient": 2.5} """, 3)]
    [InlineData(""" "parallelismSpec": {"coefficient": 0.1} """, 1)]
    [InlineData(""" "parallelism_spec": {"strategy": "CONSTANT", "constant": "4"} """, 4)]
    public void A_coefficient_counts_workers_of_one_machine(string part, int workers)
    {
        var spec = Read($$"""{ {{least}}, {{images}}, {{part}} }""");

        Assert.Equal(workers, spec.Parallelism);
        Assert.NotEmpty(spec.Warnings);
    }

    [Fact]
    public void What_has_another_name_now_is_renamed()
    {
        var spec = Read(
            $$"""
            { {{least}}, {{images}}, "chunk_spec": {"number": 5}, "standby": true, "resource_limits": {"gpu": 1} }
            """
        );

        Assert.Equal(5, spec.DatumSets.Number);
        Assert.True(spec.Autoscaling);
        Assert.Equal((1L, "nvidia.com/gpu"), (spec.ResourceLimits?.Gpus, spec.ResourceLimits?.GpuType));
        Assert.Equal(3, spec.Warnings.Count);
    }

    [Fact]
    public void What_has_no_meaning_now_is_left_out_with_a_warning()
    {
        var spec = Read(
            $$"""
            { {{least}}, {{images}}, "$schema": "x", "cache_size": "64M", "enable_stats": true, "max_queue_size": 1,
              "hashtree_spec": {}, "incremental": true, "batch": true, "build": {} }
            """
        );

        Assert.Equal(7, spec.Warnings.Count);
        Assert.Contains("cache_size is ignored: caches need no size", spec.Warnings);
        Assert.DoesNotContain("cache", spec.Json, StringComparison.Ordinal);
        Assert.Contains("cache_size", spec.UserJson, StringComparison.Ordinal);
    }

    [Fact]
    public void A_git_input_is_refused_with_what_to_do_instead()
    {
        var refusal = SpecReader.Read($$"""{ {{least}}, "input": {"git": {"url": "https://host/repo.git"} } }""").Error;

        Assert.Contains("braid import git", refusal?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_spec_of_today_gives_no_warning()
    {
        Assert.Empty(Read($$"""{ {{least}}, {{images}}, "parallelism_spec": {"constant": 2} }""").Warnings);
    }

    private static PipelineSpec Read(string json) => PipelineWorld.Ok(SpecReader.Read(json));
}
