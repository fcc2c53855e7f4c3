using Braid.Access.Callers;
using Braid.Gateway.Pachyderm.Calls;
using Braid.Gateway.Pachyderm.Wire;
using Braid.Pipelines.Secrets;

namespace Braid.Gateway.Pachyderm.Secrets;

/// <summary>The calls about secrets. None of them ever answers a value.</summary>
internal sealed class SecretCalls(SecretCatalog secrets)
{
    private const string pps = "pps_v2.API";

    public void Map(CallTable table)
    {
        table.Unary<Pps.CreateSecretRequest, Empty>(
            pps,
            "CreateSecret",
            (caller, request, ct) => secrets.CreateAsync(caller, request.File.Memory, ct).AsEmptyAsync()
        );
        table.Unary<Pps.DeleteSecretRequest, Empty>(
            pps,
            "DeleteSecret",
            (caller, request, ct) => secrets.DeleteAsync(caller, request.Secret?.Name ?? "", ct).AsEmptyAsync()
        );
        table.Apart<Empty, Pps.ListSecretResponse>(pps, "ListSecret", ListAsync);
        table.Apart<Pps.InspectSecretRequest, Pps.SecretInfo>(pps, "InspectSecret", InspectAsync);
    }

    private async Task<Result<Pps.ListSecretResponse>> ListAsync(Caller caller, Empty request, CancellationToken ct) =>
        (await secrets.ListAsync(caller, ct)).Select(all =>
        {
            var response = new Pps.ListSecretResponse();
            response.SecretInfo.AddRange(all.Select(Info));
            return response;
        });

    private async Task<Result<Pps.SecretInfo>> InspectAsync(
        Caller caller,
        Pps.InspectSecretRequest request,
        CancellationToken ct
    ) => (await secrets.InspectAsync(caller, request.Secret?.Name ?? "", ct)).Select(Info);

    private static Pps.SecretInfo Info(Secret secret) =>
        new()
        {
            Secret = new() { Name = secret.Name },
            Type = secret.Type,
            CreationTimestamp = secret.CreatedAt.ToWire(),
        };
}
