using Microsoft.AspNetCore.Http;
using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Calls;

/// <summary>Answers with what a deployment answered, whole, and with how that came about.</summary>
internal static class AnswerResponse
{
    /// <summary>Sends an answer.</summary>
    /// <param name="context">The request.</param>
    /// <param name="group">The group that was asked.</param>
    /// <param name="answer">How the answer came about.</param>
    /// <param name="mediaType">What the body is.</param>
    /// <param name="body">The body.</param>
    /// <returns>Null: there is an answer.</returns>
    public static async Task<GatewayError?> SendAsync(HttpContext context, ModelGroup group, RoutedAnswer answer, string mediaType, ReadOnlyMemory<byte> body)
    {
        GatewayCall.Of(context).NoteFirstByte();
        HttpResponse response = context.Response;
        response.ContentType = mediaType;
        response.ContentLength = body.Length;
        RouteHeaders.Add(response.Headers, group.Name, answer.Deployment, answer.ModelUsed);
        RouteHeaders.Add(response.Headers, group.Name, answer.Attempts, answer.Cost);
        await response.BodyWriter.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        return null;
    }
}
