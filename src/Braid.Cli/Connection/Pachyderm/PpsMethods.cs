using Braid.Grpc.Methods;
using Braid.Protos.Pps;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Braid.Cli.Connection.Pachyderm;

/// <summary>The calls of Pachyderm's pipeline system that commands make.</summary>
internal static class PpsMethods
{
    private const string Service = "pps_v2.API";

    public static readonly GrpcMethod<CreatePipelineV2Request, CreatePipelineV2Response> CreatePipelineV2 = Unary(
        nameof(CreatePipelineV2),
        CreatePipelineV2Request.Parser,
        CreatePipelineV2Response.Parser
    );

    public static readonly GrpcMethod<RenderTemplateRequest, RenderTemplateResponse> RenderTemplate = Unary(
        nameof(RenderTemplate),
        RenderTemplateRequest.Parser,
        RenderTemplateResponse.Parser
    );

    public static readonly GrpcMethod<InspectPipelineRequest, PipelineInfo> InspectPipeline = Unary(
        nameof(InspectPipeline),
        InspectPipelineRequest.Parser,
        PipelineInfo.Parser
    );

    public static readonly GrpcMethod<ListPipelineRequest, PipelineInfo> ListPipeline = Stream(
        nameof(ListPipeline),
        ListPipelineRequest.Parser,
        PipelineInfo.Parser
    );

    public static readonly GrpcMethod<DeletePipelineRequest, Empty> DeletePipeline = Unary(
        nameof(DeletePipeline),
        DeletePipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<DeletePipelinesRequest, DeletePipelinesResponse> DeletePipelines = Unary(
        nameof(DeletePipelines),
        DeletePipelinesRequest.Parser,
        DeletePipelinesResponse.Parser
    );

    public static readonly GrpcMethod<StartPipelineRequest, Empty> StartPipeline = Unary(
        nameof(StartPipeline),
        StartPipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<StopPipelineRequest, Empty> StopPipeline = Unary(
        nameof(StopPipeline),
        StopPipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<RerunPipelineRequest, Empty> RerunPipeline = Unary(
        nameof(RerunPipeline),
        RerunPipelineRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<RunCronRequest, Empty> RunCron = Unary(
        nameof(RunCron),
        RunCronRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<CheckStatusRequest, CheckStatusResponse> CheckStatus = Stream(
        nameof(CheckStatus),
        CheckStatusRequest.Parser,
        CheckStatusResponse.Parser
    );

    public static readonly GrpcMethod<InspectJobRequest, JobInfo> InspectJob = Unary(
        nameof(InspectJob),
        InspectJobRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<InspectJobSetRequest, JobInfo> InspectJobSet = Stream(
        nameof(InspectJobSet),
        InspectJobSetRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<ListJobRequest, JobInfo> ListJob = Stream(
        nameof(ListJob),
        ListJobRequest.Parser,
        JobInfo.Parser
    );

    public static readonly GrpcMethod<ListJobSetRequest, JobSetInfo> ListJobSet = Stream(
        nameof(ListJobSet),
        ListJobSetRequest.Parser,
        JobSetInfo.Parser
    );

    public static readonly GrpcMethod<StopJobRequest, Empty> StopJob = Unary(
        nameof(StopJob),
        StopJobRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<DeleteJobRequest, Empty> DeleteJob = Unary(
        nameof(DeleteJob),
        DeleteJobRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectDatumRequest, DatumInfo> InspectDatum = Unary(
        nameof(InspectDatum),
        InspectDatumRequest.Parser,
        DatumInfo.Parser
    );

    public static readonly GrpcMethod<ListDatumRequest, DatumInfo> ListDatum = Stream(
        nameof(ListDatum),
        ListDatumRequest.Parser,
        DatumInfo.Parser
    );

    public static readonly GrpcMethod<RestartDatumRequest, Empty> RestartDatum = Unary(
        nameof(RestartDatum),
        RestartDatumRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<GetLogsRequest, LogMessage> GetLogs = Stream(
        nameof(GetLogs),
        GetLogsRequest.Parser,
        LogMessage.Parser
    );

    public static readonly GrpcMethod<CreateSecretRequest, Empty> CreateSecret = Unary(
        nameof(CreateSecret),
        CreateSecretRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<InspectSecretRequest, SecretInfo> InspectSecret = Unary(
        nameof(InspectSecret),
        InspectSecretRequest.Parser,
        SecretInfo.Parser
    );

    public static readonly GrpcMethod<Empty, ListSecretResponse> ListSecret = Unary(
        nameof(ListSecret),
        Empty.Parser,
        ListSecretResponse.Parser
    );

    public static readonly GrpcMethod<DeleteSecretRequest, Empty> DeleteSecret = Unary(
        nameof(DeleteSecret),
        DeleteSecretRequest.Parser,
        Empty.Parser
    );

    public static readonly GrpcMethod<GetClusterDefaultsRequest, GetClusterDefaultsResponse> GetClusterDefaults = Unary(
        nameof(GetClusterDefaults),
        GetClusterDefaultsRequest.Parser,
        GetClusterDefaultsResponse.Parser
    );

    public static readonly GrpcMethod<SetClusterDefaultsRequest, SetClusterDefaultsResponse> SetClusterDefaults = Unary(
        nameof(SetClusterDefaults),
        SetClusterDefaultsRequest.Parser,
        SetClusterDefaultsResponse.Parser
    );

    public static readonly GrpcMethod<GetProjectDefaultsRequest, GetProjectDefaultsResponse> GetProjectDefaults = Unary(
        nameof(GetProjectDefaults),
        GetProjectDefaultsRequest.Parser,
        GetProjectDefaultsResponse.Parser
    );

    public static readonly GrpcMethod<SetProjectDefaultsRequest, SetProjectDefaultsResponse> SetProjectDefaults = Unary(
        nameof(SetProjectDefaults),
        SetProjectDefaultsRequest.Parser,
        SetProjectDefaultsResponse.Parser
    );

    public static readonly GrpcMethod<Empty, Empty> DeleteAll = Unary(nameof(DeleteAll), Empty.Parser, Empty.Parser);

    private static GrpcMethod<TRequest, TResponse> Unary<TRequest, TResponse>(
        string name,
        MessageParser<TRequest> request,
        MessageParser<TResponse> response
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(Service, name, CallKind.Unary, request, response);

    private static GrpcMethod<TRequest, TResponse> Stream<TRequest, TResponse>(
        string name,
        MessageParser<TRequest> request,
        MessageParser<TResponse> response
    )
        where TRequest : class, IMessage<TRequest>
        where TResponse : class, IMessage<TResponse> => new(Service, name, CallKind.ServerStreaming, request, response);
}
