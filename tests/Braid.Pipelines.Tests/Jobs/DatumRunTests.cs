using System.Text.Json.Nodes;
using Braid.Pipelines.Datums;
using Braid.Pipelines.Jobs;
using static Braid.Pipelines.Tests.PipelineWorld;

namespace Braid.Pipelines.Tests.Jobs;

/// <summary>What a program sees and may leave.</summary>
public sealed class DatumRunTests
{
    [Fact]
    public async Task A_program_gets_pachyderms_variables_and_those_of_the_doors()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", "env > /pfs/out/env", "images:/*"));

        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("edges", set);

        var env = (await world.FilesAsync("edges"))["/env"].Split('\n');
        Assert.Contains("images=/pfs/images/a", env);
        Assert.Contains($"images_COMMIT={set}", env);
        Assert.Contains($"PACH_JOB_ID={set}", env);
        Assert.Contains($"PACH_OUTPUT_COMMIT_ID={set}", env);
        Assert.Contains("PPS_PIPELINE_NAME=edges", env);
        Assert.Contains("PPS_PROJECT_NAME=default", env);
        Assert.Contains("PACHD_SERVICE_PORT=30650", env);
        Assert.Contains("MLFLOW_TRACKING_URI=http://127.0.0.1:5000", env);
        Assert.Contains(env, line => line.StartsWith("CLEARML_API_ACCESS_KEY=", StringComparison.Ordinal));
        Assert.DoesNotContain(env, line => line.StartsWith("CLEARML_TASK_ID", StringComparison.Ordinal));
        Assert.DoesNotContain(env, line => line.StartsWith("MLFLOW_RUN_ID", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, "sdk { development { report_use_subprocess: false } }\n")]
    [InlineData("/pfs/images/mine.conf", "of the user")]
    public async Task ClearMLs_sdk_finds_a_configuration_unless_the_spec_names_another(string? own, string content)
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var spec = Spec("edges", "cp $CLEARML_CONFIG_FILE /pfs/out/conf", "images:/");
        if (own is not null)
        {
            spec["transform"]!["env"] = new JsonObject { ["CLEARML_CONFIG_FILE"] = own };
        }

        await world.CreateAsync(spec);
        await world.EndedAsync("edges", await world.PutAsync("images", ("/mine.conf", "of the user")));

        Assert.Equal(content, (await world.FilesAsync("edges"))["/conf"]);
    }

    [Fact]
    public async Task The_credentials_of_an_attempt_die_with_it()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Spec("edges", "echo $CLEARML_API_ACCESS_KEY; echo $CLEARML_API_SECRET_KEY", "images:/*")
        );

        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));

        var lines = await world.LogsAsync(job);
        Assert.False((await world.Authenticator.FromKeyAsync(new(lines[0], lines[1]), default)).IsOk);
    }

    [Fact]
    public async Task Links_to_inputs_become_copies_and_links_elsewhere_fail_the_datum()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(
            Spec("links", "ln -s $images /pfs/out/file; mkdir /pfs/out/d; ln -s ../file /pfs/out/d/again", "images:/*")
        );
        await world.CreateAsync(Spec("escape", "ln -s /etc/passwd /pfs/out/x", "images:/*"));
        await world.CreateAsync(Spec("pipe", "mkfifo /pfs/out/x", "images:/*"));
        await world.CreateAsync(Spec("loop", "mkdir /pfs/out/d; ln -s .. /pfs/out/d/up", "images:/*"));

        var set = await world.PutAsync("images", ("/a", "x"));
        await world.EndedAsync("links", set);
        var escape = await world.EndedAsync("escape", set);
        var pipe = await world.EndedAsync("pipe", set);

        Assert.Equal(["/d/again", "/file"], (await world.FilesAsync("links")).Keys);
        Assert.All((await world.FilesAsync("links")).Values, content => Assert.Equal("x", content));
        Assert.Equal(JobState.Failure, escape.State);
        Assert.Contains(
            await world.LogsAsync(escape),
            line => line.Contains("cannot upload /pfs/out/x", StringComparison.Ordinal)
        );
        Assert.Equal(JobState.Failure, pipe.State);
        var loop = await world.EndedAsync("loop", set);
        Assert.Contains(
            await world.LogsAsync(loop),
            line => line.Contains("links to a folder that it is in", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task A_link_to_the_empty_file_that_stands_for_an_input_is_a_copy_of_the_input()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var spec = Spec("moved", "test ! -s /pfs/images/a && ln -s /pfs/images/a /pfs/out/b", "images:/*");
        spec["input"]!["pfs"]!["empty_files"] = true;
        await world.CreateAsync(spec);

        var job = await world.EndedAsync("moved", await world.PutAsync("images", ("/a", "one")));

        Assert.Equal((JobState.Success, 0L), (job.State, job.Stats.DownloadBytes));
        Assert.Equal("one", (await world.FilesAsync("moved"))["/b"]);
    }

    [Theory]
    [InlineData("touch '/pfs/out/a*'")]
    [InlineData("touch /pfs/out/$(printf 'a\\377b')")]
    [InlineData("mkdir /pfs/out/d; touch /pfs/out/d/$(printf 'a\\377b')")]
    public async Task A_name_that_no_commit_can_hold_fails_the_datum_with_the_reason(string shell)
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.CreateAsync(Spec("edges", shell, "images:/*"));

        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/a", "x")));

        Assert.Contains(
            await world.LogsAsync(job),
            line => line.Contains("its name cannot be represented in PFS", StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Accepted_codes_succeed_the_error_handler_recovers_and_a_timeout_fails()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        var accepted = Spec("accepted", "exit 4", "images:/*");
        accepted["transform"]!["acceptReturnCode"] = new JsonArray(4);
        await world.CreateAsync(accepted);
        var recovered = Spec("recovered", "exit 4", "images:/*");
        recovered["transform"]!["errCmd"] = new JsonArray("true");
        await world.CreateAsync(recovered);
        var late = Spec("late", "sleep 1000", "images:/*");
        late["datumTimeout"] = "200ms";
        late["datumTries"] = 1;
        await world.CreateAsync(late);

        var set = await world.PutAsync("images", ("/a", "x"));

        Assert.Equal(new() { Processed = 1, Total = 1 }, (await world.EndedAsync("accepted", set)).Progress);
        Assert.Equal(new() { Recovered = 1, Total = 1 }, (await world.EndedAsync("recovered", set)).Progress);
        Assert.Equal(JobState.Failure, (await world.EndedAsync("late", set)).State);
    }

    [Fact]
    public async Task Datums_show_what_they_read_and_why_they_ran_and_can_be_previewed()
    {
        await using var world = await StartAsync();
        await world.CreateRepoAsync("images");
        await world.PutAsync("images", ("/a", "x"));
        await world.CreateAsync(Spec("edges", "true", "images:/*"));
        var first = await world.NewestEndedAsync("edges");
        var job = await world.EndedAsync("edges", await world.PutAsync("images", ("/b", "y")));

        var datums = await world.DatumsAsync(job);
        var preview = await Ok(await world.Host.Datums.PreviewAsync(Admin, job.Spec.Input, default)).ToListAsync();

        var byPath = datums.ToDictionary(datum => datum.Inputs[0].Path);
        Assert.Equal((DatumState.Success, "new"), (byPath["/b"].State, byPath["/b"].Reason));
        Assert.Equal(DatumState.Skipped, byPath["/a"].State);
        Assert.EndsWith($"{first.Set}", byPath["/a"].Reason);
        Assert.Equal(datums.Select(d => d.Id).Order(), preview.Select(d => d.Id).Order());
        Assert.All(preview, datum => Assert.Equal(DatumState.Unknown, datum.State));
    }
}
