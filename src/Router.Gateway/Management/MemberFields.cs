using System.Text.Json;
using RouterGen.Gateway.Dialects.Shared;

namespace RouterGen.Gateway.Management;

/// <summary>Who becomes a member of a team or an organization.</summary>
/// <param name="UserId">The user.</param>
/// <param name="Role">The role; null where none is stated.</param>
internal sealed record MemberFields(string UserId, string? Role)
{
    /// <summary>Reads the member of a body, or several.</summary>
    /// <exception cref="ManagementError">There is none, or one has no user.</exception>
    public static MemberFields[] Of(JsonElement body)
    {
        JsonElement member = body.Get("member"u8);
        return member.ValueKind switch
        {
            JsonValueKind.Object => [Read(member)],
            JsonValueKind.Array => [.. member.EnumerateArray().Select(Read)],
            _ => throw ManagementError.Invalid("member", "must be an object with role and user_id, or an array of such."),
        };
    }

    /// <summary>Reads a member.</summary>
    /// <exception cref="ManagementError">It has no user.</exception>
    public static MemberFields Read(JsonElement member) => member.Text("user_id"u8) is { Length: > 0 }
        ? new MemberFields(AccountFields.Text("user_id", member.Get("user_id"u8))!, member.Text("role"u8))
        : throw ManagementError.Invalid("member.user_id", "must be a text that is not empty: members are named by it here.");
}
