namespace RouterGen.Declarations.Problems;

/// <summary>The IDs of all diagnostics. They are part of the API: never reused, never given another meaning.</summary>
internal static class DiagnosticIds
{
    public const string ClassNotExtensible = "RG0001";
    public const string GroupWithoutDeployments = "RG0002";
    public const string MemberCollision = "RG0003";
    public const string DuplicateGroup = "RG0004";
    public const string DeploymentWithoutGroup = "RG0005";
    public const string UnknownFallback = "RG0006";
    public const string FallbackToItself = "RG0007";
    public const string SmallerWindow = "RG0008";
    public const string MixedModes = "RG0009";
    public const string DimensionsDiffer = "RG0010";
    public const string OneProvider = "RG0011";
    public const string UnusablePolicy = "RG0012";
    public const string AttemptsExceedDeadline = "RG0013";
    public const string IdleSetting = "RG0014";
    public const string ConstructorWithoutGroups = "RG0015";
    public const string GroupWithoutName = "RG0016";
    public const string UnknownProvider = "RG0101";
    public const string UnknownModel = "RG0102";
    public const string RetiringModel = "RG0103";
    public const string RetiredModel = "RG0104";
    public const string InvalidWeight = "RG0105";
    public const string UnusualWeights = "RG0106";
    public const string IgnoredWeights = "RG0107";
    public const string InvalidLimit = "RG0108";
    public const string TokensTooFew = "RG0109";
    public const string DuplicateDeployment = "RG0110";
    public const string KeyInSource = "RG0111";
    public const string NoKey = "RG0112";
    public const string NoEndpoint = "RG0113";
    public const string InvalidEndpoint = "RG0114";
    public const string NoPrice = "RG0115";
    public const string PriceNeeded = "RG0116";
    public const string DroppedParameter = "RG0117";
    public const string SenselessSupport = "RG0118";
    public const string LimitsDiffer = "RG0119";
    public const string UnusableHeader = "RG0120";
    public const string UnspokenDialect = "RG0121";
    public const string MissingPackage = "RG0122";
    public const string UnusableClient = "RG0123";
    public const string JsonSyntax = "RG0201";
    public const string UnknownJsonProperty = "RG0202";
    public const string InvalidJsonValue = "RG0203";
    public const string SettingWithoutEffect = "RG0204";
    public const string DeclaredDifferently = "RG0205";
    public const string MisspeltSetting = "RG0206";
    public const string ForeignFile = "RG0207";
    public const string ProviderNotThere = "RG0208";
    public const string UnsupportedFeature = "RG0301";
    public const string TokenNotPassed = "RG0302";
    public const string BlockingCall = "RG0303";
    public const string StreamNotRead = "RG0304";
    public const string UnusedGroup = "RG0305";
    public const string RouterPerCall = "RG0306";
}
