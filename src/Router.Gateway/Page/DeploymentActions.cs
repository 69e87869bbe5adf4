using System.Text.Json;
using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Dialects.Shared;
using RouterGen.Gateway.Page.Data;

namespace RouterGen.Gateway.Page;

/// <summary>What a person does to a deployment: takes it out of service, puts it back, or changes its share. It holds until the program ends or the file with the groups changes.</summary>
/// <param name="models">The groups.</param>
/// <param name="options">How long a request may take to arrive.</param>
internal sealed class DeploymentActions(IModelGroups models, GatewayOptions options)
{
    private const int MostBytes = 4096;

    /// <summary>Does what the body asks for (<c>group</c>, <c>deployment</c>, <c>action</c>, <c>weight</c>), and answers with the deployment as it is then.</summary>
    public async Task ActAsync(HttpContext context)
    {
        byte[] body = new byte[MostBytes + 1];
        (int status, string? problem, Deployment? deployment) = await ReadAsync(context, body).ConfigureAwait(false) is { } length ? Act(body.AsSpan(0, length)) : (400, "The body is too large, or did not arrive in time.", null);
        await (problem is not null ? PageJson.SendErrorAsync(context, status, problem) : DeploymentData.SendAsync(context, deployment!)).ConfigureAwait(false);
    }

    private async Task<int?> ReadAsync(HttpContext context, byte[] body)
    {
        using var late = new CancellationTokenSource(options.BodyTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, context.RequestAborted);
        try
        {
            int length = await context.Request.Body.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, either.Token).ConfigureAwait(false);
            return length > MostBytes ? null : length;
        }
        catch (Exception exception) when (exception is BadHttpRequestException || (exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            return null;
        }
    }

    private (int Status, string? Problem, Deployment? Deployment) Act(ReadOnlySpan<byte> body)
    {
        JsonElement asked;
        try
        {
            asked = JsonElement.Parse(body);
        }
        catch (JsonException)
        {
            return (400, "The body is not valid JSON.", null);
        }

        if (models.Find(asked.Text("group"u8) ?? "") is not { } group) return (404, "There is no such group.", null);
        if (group.Deployments.FirstOrDefault(one => one.Name == asked.Text("deployment"u8)) is not { } deployment) return (404, "The group has no such deployment.", null);
        return TryAct(deployment, asked) is { } problem ? (400, problem, null) : (200, null, deployment);
    }

    private static string? TryAct(Deployment deployment, JsonElement asked)
    {
        switch (asked.Text("action"u8))
        {
            case "drain": deployment.Drain(); break;
            case "disable": deployment.Disable(); break;
            case "enable": deployment.Enable(); break;
            case "weigh" when asked.Get("weight"u8) is { ValueKind: JsonValueKind.Number } number && number.TryGetDouble(out double weight) && weight is >= 0.000001 and <= 1_000_000: deployment.SetWeight(weight); break;
            case "weigh": return "weight: a number between 0.000001 and 1000000.";
            default: return "action: one of drain, disable, enable, weigh.";
        }

        return null;
    }
}
