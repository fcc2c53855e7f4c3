using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Pipelines.Templates;

namespace Braid.Gateway.Pachyderm.Pipelines;

/// <summary>The call that evaluates templates of specs.</summary>
internal sealed class TemplateCalls(TemplateRenderer templates)
{
    public void Map(CallTable table) =>
        table.Apart<Pps.RenderTemplateRequest, Pps.RenderTemplateResponse>("pps_v2.API", "RenderTemplate", RenderAsync);

    private async Task<Result<Pps.RenderTemplateResponse>> RenderAsync(
        Caller caller,
        Pps.RenderTemplateRequest request,
        CancellationToken ct
    ) =>
        (await templates.RenderAsync(caller, request.Template, request.Args, ct)).Select(
            rendered => new Pps.RenderTemplateResponse
            {
                Json = rendered.Json,
                Specs = { rendered.Specs.Select(SpecMessages.Write) },
            }
        );
}
