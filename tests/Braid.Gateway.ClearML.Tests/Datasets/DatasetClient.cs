using System.IO.Compression;
using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Tests.Hosting;

namespace Braid.Gateway.ClearML.Tests.Datasets;

/// <summary>Makes versions of data sets as the SDK does: a task with a state and archives, completed at the end.</summary>
internal sealed class DatasetClient(ClearMLHost host)
{
    /// <param name="project">The project of the data set, without the hidden part.</param>
    public async Task<string> CreateAsync(string project, string name, string version)
    {
        var id = await host.Api.CreateProjectAsync($"{project}/.datasets/{name}");
        return await CreateIn(id, name, version);
    }

    /// <summary>A further version, in the same project.</summary>
    public async Task<string> CreateNextAsync(string before, string name, string version) =>
        await CreateIn((await host.Api.TaskAsync(before))["project"]!.GetValue<string>(), name, version);

    /// <summary>Uploads an archive of files and names it on the task.</summary>
    public Task AddArchiveAsync(string task, string key, params (string Path, string Text)[] files) =>
        AddArtifactAsync(task, key, Zip(files));

    public async Task AddArtifactAsync(string task, string key, byte[] content)
    {
        var path = $"p/ds.{task}/artifacts/{key}/{key}";
        using var form = new MultipartFormDataContent();
        form.Add(new ByteArrayContent(content), path, path);
        using var response = await host.Files.PostAsync("/", form);
        response.EnsureSuccessStatusCode();
        await host.Api.DataAsync(
            "tasks.add_or_update_artifacts",
            $$"""{"task":"{{task}}","artifacts":[{"key":"{{key}}","type":"custom","uri":"http://files:8081/{{path}}"}]}"""
        );
    }

    /// <summary>Uploads the state.</summary>
    /// <param name="files">Each file's path, the version that added it, and the archive that it is in.</param>
    public Task AddStateAsync(
        string task,
        IReadOnlyList<string> parents,
        bool isDirty,
        params (string Path, string Version, string Archive)[] files
    )
    {
        var entries = files.Select(file =>
            (JsonNode)
                new JsonObject
                {
                    ["relative_path"] = file.Path,
                    ["parent_dataset_id"] = file.Version,
                    ["artifact_name"] = file.Archive,
                    ["hash"] = "of no interest",
                    ["size"] = 1,
                }
        );
        var state = new JsonObject
        {
            ["dataset_file_entries"] = new JsonArray([.. entries]),
            ["dataset_link_entries"] = new JsonArray(new JsonObject { ["link"] = "s3://elsewhere/x" }),
            ["dependency_graph"] = new JsonObject
            {
                [task] = new JsonArray([.. parents.Select(parent => (JsonNode)parent)]),
            },
            ["dirty"] = isDirty,
            ["id"] = task,
        };
        return AddArtifactAsync(task, "state", System.Text.Encoding.UTF8.GetBytes(state.ToJsonString()));
    }

    public Task CompleteAsync(string task) =>
        host.Api.DataAsync("tasks.completed", $$"""{"task":"{{task}}","force":true}""");

    public static byte[] Zip(params (string Path, string Text)[] files)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var writer = new StreamWriter(archive.CreateEntry(path).Open());
                writer.Write(text);
            }
        }

        return bytes.ToArray();
    }

    private async Task<string> CreateIn(string project, string name, string version)
    {
        var task = await host.Api.IdAsync(
            "tasks.create",
            $$"""{"name":"{{name}}","type":"data_processing","project":"{{project}}","system_tags":["dataset"]}"""
        );
        await host.Api.DataAsync("tasks.started", $$"""{"task":"{{task}}"}""");
        await host.Api.DataAsync(
            "tasks.edit_hyper_params",
            $$"""{"task":"{{task}}","hyperparams":[{"section":"properties","name":"version","value":"{{version}}"}]}"""
        );
        return task;
    }
}
