using RouterGen.Gateway.Errors;

namespace RouterGen.Gateway.Management;

/// <summary>A request to manage that cannot be served: what is wrong with it, and what to do.</summary>
/// <param name="error">What the client is told.</param>
internal sealed class ManagementError(GatewayError error) : Exception(error.Message)
{
    /// <summary>Gets what the client is told.</summary>
    public GatewayError Error => error;

    /// <summary>Returns the error of a member that cannot be taken.</summary>
    /// <param name="member">The member, as the request calls it.</param>
    /// <param name="demand">What it must be, or why it is refused.</param>
    public static ManagementError Invalid(string member, string demand) => new(new GatewayError(400, ErrorReason.InvalidRequest, $"{member}: {demand}") { Parameter = member });

    /// <summary>Returns the error of something that is refused.</summary>
    public static ManagementError Refused(string why) => new(new GatewayError(400, ErrorReason.InvalidRequest, why));

    /// <summary>Returns the error of something that there is none of.</summary>
    public static ManagementError NotFound(string what) => new(new GatewayError(404, ErrorReason.NotFound, $"There is no {what}."));

    /// <summary>Returns the error of something that is there already, or was changed meanwhile.</summary>
    public static ManagementError Conflict(string message) => new(new GatewayError(409, ErrorReason.InvalidRequest, message));
}
