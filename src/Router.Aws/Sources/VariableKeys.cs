namespace RouterGen.Aws;

/// <summary>The keys in <c>AWS_ACCESS_KEY_ID</c>, <c>AWS_SECRET_ACCESS_KEY</c> and <c>AWS_SESSION_TOKEN</c>.</summary>
internal static class VariableKeys
{
    /// <summary>Returns the keys; null where there are none.</summary>
    public static AwsKeys? Find(AwsEnvironment environment) =>
        environment.Variable("AWS_ACCESS_KEY_ID") is { } id && environment.Variable("AWS_SECRET_ACCESS_KEY") is { } secret
            ? new AwsKeys(id, secret, environment.Variable("AWS_SESSION_TOKEN"), DateTimeOffset.MaxValue) { IsFixed = true }
            : null;
}
