import EdgeService
import ServiceLifecycle


@main struct Main { static func main() {} }
