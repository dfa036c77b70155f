// SafetyGuard
