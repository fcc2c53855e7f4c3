using System.Text.Json.Nodes;
using Braid.Gateway.ClearML.Replies;
using Braid.Tracking.Projects;

namespace Braid.Gateway.ClearML.Projects;

/// <summary>A project as the protocol writes it.</summary>
internal static class ProjectReply
{
    public static JsonObject Of(Project project) =>
        new JsonObject
        {
            ["id"] = project.Id.ToString(),
            ["name"] = project.Name,
            ["basename"] = project.BaseName,
            ["description"] = project.Description,
            ["user"] = project.User,
            ["company"] = Contract.Company,
            ["created"] = Times.Iso(project.Created),
            ["last_update"] = Times.Iso(project.LastUpdate),
            ["tags"] = Documents.Labels(project.Labels),
            ["system_tags"] = Documents.Labels(project.SystemLabels),
            ["default_output_destination"] = project.DefaultOutput.Length > 0 ? project.DefaultOutput : null,
            ["parent"] = project.ParentId?.ToString(),
        }.WithoutNulls();
}
